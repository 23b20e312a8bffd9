"""Sentences about the store of members and the executors."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "no_store": (
        "{variable} is none: no store is kept; name a folder for it, or leave the variable out",
        "{variable} 为 none：不保留存储库；请指定文件夹，或不设该变量",
    ),
    "store_damaged": (
        "The store's file {file} is damaged; its member is run anew.",
        "存储库文件 {file} 已损坏；该成员将重新运行。",
    ),
    "store_unreadable": (
        "The store's file {file} cannot be read ({reason}); its member is run anew.",
        "无法读取存储库文件 {file}（{reason}）；该成员将重新运行。",
    ),
    "store_unwritable": (
        "Nothing can be kept in the store {folder} ({reason}); the run goes on without it.",
        "无法写入存储库 {folder}（{reason}）；运行继续，但不保留成员。",
    ),
    "fresh_or_no_store": (
        "--fresh writes into the store and --no-store does not; ask for one of them",
        "--fresh 会写入存储库，--no-store 不会；请只选其一",
    ),
    "workers_or_scheduler": (
        "--workers are processes of this machine; ask for them or for a --scheduler, not both",
        "--workers 指本机进程；请指定它或 --scheduler，不要同时指定",
    ),
    "no_dask": (
        "dask.distributed is not installed, which finds a cluster; install it with: pip install 'jjj-sim[distributed]'",
        "未安装用于连接集群的 dask.distributed；请安装：pip install 'jjj-sim[distributed]'",
    ),
    "no_scheduler": (
        "no scheduler answers at {address} ({reason}); it is an address such as tcp://host:8786",
        "{address} 处没有调度器应答（{reason}）；地址形如 tcp://host:8786",
    ),
    "no_checkpoint_there": (
        "worlds are saved on this machine; a checkpoint cannot be had with --scheduler",
        "检查点保存在本机；不能与 --scheduler 同用",
    ),
    "prune_what": (
        "say what to remove: --older-than 30d, --larger-than 5GB, --other-code; nothing was removed",
        "请说明删除什么：--older-than 30d、--larger-than 5GB、--other-code；未删除任何内容",
    ),
    "not_age": (
        "{found} is no age; write it like 30d, 12h or 2w",
        "{found} 不是时长；应写成 30d、12h 或 2w",
    ),
    "not_size": (
        "{found} is no size; write it like 5GB, 500MB or 0",
        "{found} 不是大小；应写成 5GB、500MB 或 0",
    ),
}
