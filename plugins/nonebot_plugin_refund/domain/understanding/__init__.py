"""听懂人话：把群友随手写的中文变成程序能用的值。

- :mod:`.writing.text`：统一写法（全角、繁体、空白、CQ 码），限制长度；
- :mod:`.sums.numerals`：中文数字；
- :mod:`.days.dates`、:mod:`.sums.amounts`、:mod:`.yesno`、:mod:`.options`：访谈里的答案；
- :mod:`.writing.pieces`、:mod:`.stated`：拆成小句，分清当真说的与问的、否认的、假设的；
- :mod:`.asides`：访谈途中的闲话和打听；
- :mod:`.controls`：上一步、修改第几题、推迟多久这类控制语；
- :mod:`.scenarios`：一句话说的是哪一种退款场景，值不值得在群里主动开口；
- :mod:`.private_data.private`：认出并遮住身份证号、手机号、卡号、验证码、密码。

共同的约定：任何字符串都不抛异常；所需时间与长度成正比；拿不准就回 ``None``，由上层再问一次，绝不猜。
这里没有时钟，需要“现在”的函数都由调用者传入带时区的 ``now``。
"""
