"""只写不同之处的文件里特有的键。"""

SCENARIO = "scenario"
"""文件开头写着它（值是随包场景的 id），这个文件就只写与那个场景不同的地方。"""
BASED_ON = "based_on"
"""随包的原文：写这个文件时，被换掉的各处原来是什么。由 ``refund overlay stamp`` 写，操作者不用动手。"""
REMOVE = "remove"
"""写在一项里（``remove: true``）是去掉这一项；写在一列词里（``remove: [词]``）是去掉这几个词。"""
ADD = "add"
"""一列词里要添的：``{add: [词], remove: [词]}``。"""
ONLY = "only"
"""一列词只要这几个：``{only: [词]}``。"""
PUT_AFTER = "put_after"
"""新添的一项排在哪个 id 后面；不写排在最后。"""

WORD_LISTS = frozenset(
    {
        *("aliases", "said", "asked", "whole", "heard_by", "heard_only_with", "not_heard_with", "not_answered_with"),
        *("names", "words", "needs_one_of", "and_one_of", "also_one_of", "unless"),
    }
)
"""口头说法、例句和词的列：写了就是添上；别的列（步骤、依据……）写了就是换掉。"""
MERGED_MAPPINGS = frozenset({"limit", "known_from", "labels", "recognised_by", "papers", "fill"})
"""里面的各个键分开来合的；别的（``when``、``ask_when``）写了就是整个换掉。"""
