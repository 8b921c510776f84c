<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh" sourcelanguage="en">
<context>
    <name></name>
    <message id="start.choose_language">
        <source>Please choose your language.</source>
        <extracomment>Shown first, above one button a language.</extracomment>
        <translation>请选择您的语言。</translation>
    </message>
    <message id="start.terms">
        <source>&lt;b&gt;Welcome to Speechcad.&lt;/b&gt;

An AI voice makes phone calls for you, following a script that you give it. Before you start, please read the terms of use. You may accept them or leave.</source>
        <extracomment>The buttons below open the terms, accept them, or leave.</extracomment>
        <translation>&lt;b&gt;欢迎使用 Speechcad。&lt;/b&gt;

AI 语音会按照您提供的脚本替您拨打电话。开始之前，请先阅读使用条款。您可以接受条款，也可以离开。</translation>
    </message>
    <message id="start.terms.button.open">
        <source>Read the terms</source>
        <translation>阅读条款</translation>
    </message>
    <message id="start.terms.button.accept">
        <source>Accept the terms</source>
        <translation>接受条款</translation>
    </message>
    <message id="start.terms.button.leave">
        <source>Leave</source>
        <translation>离开</translation>
    </message>
    <message id="start.terms.left">
        <source>You have not accepted the terms, so nothing was started. If you change your mind, send /start.</source>
        <extracomment>The customer did not accept the terms.</extracomment>
        <translation>您没有接受条款，因此没有开始任何服务。如果您改变主意，请发送 /start。</translation>
    </message>
    <message id="terms.page.title">
        <source>Terms of use</source>
        <extracomment>Heading of the terms page.</extracomment>
        <translation>使用条款</translation>
    </message>
    <message id="terms.page.version">
        <source>Version {version}</source>
        <extracomment>{version}: the version of the terms, as a date.</extracomment>
        <translation>版本 {version}</translation>
    </message>
    <message id="terms.page.1">
        <source>Speechcad makes phone calls for you. An AI voice speaks with the person you call, following a script that you write or choose. You order and pay for the calls in this Telegram bot.</source>
        <extracomment>What the service does.</extracomment>
        <translation>Speechcad 替您拨打电话。AI 语音会按照您编写或选择的脚本与对方通话。您在这个 Telegram 机器人中下单并付款。</translation>
    </message>
    <message id="terms.page.2">
        <source>Every call says at its start, in the language of the person called, that an AI is speaking. This cannot be switched off, and a script may not ask the AI to deny it.</source>
        <extracomment>The AI tells that it is one.</extracomment>
        <translation>每次通话开始时，都会用对方的语言说明通话的是 AI。此说明无法关闭，脚本也不得要求 AI 否认这一点。</translation>
    </message>
    <message id="terms.page.3">
        <source>Call only people whom you are allowed to call. Where the law asks for their consent to the call or to its recording, you must have it. You also keep to the rules on calling hours and do-not-call lists, in your country and in theirs. We may refuse or end a call that seems to break these rules.</source>
        <extracomment>Law and consent.</extracomment>
        <translation>请只给您有权拨打的人打电话。如果法律要求对方同意通话或录音，您必须事先取得同意。您还须遵守您所在国家和对方所在国家关于通话时段和谢绝来电名单的规定。对于看起来违反这些规定的通话，我们可以拒绝或中止。</translation>
    </message>
    <message id="terms.page.4">
        <source>Speechcad must not be used to deceive, threaten or harass anyone, to pose as another person or organisation, or to obtain passwords, codes or card details. We close an account that does so, and we may report it to the authorities.</source>
        <extracomment>No misuse.</extracomment>
        <translation>不得使用 Speechcad 欺骗、威胁或骚扰任何人，不得冒充他人或其他机构，也不得用它获取密码、验证码或银行卡信息。如有此类行为，我们将关闭账户，并可能向有关部门举报。</translation>
    </message>
    <message id="terms.page.5">
        <source>Your wallet is kept in US dollars (USD). You top it up with cryptocurrency, and the payment provider sets its value in dollars. Calls and plans are paid from the wallet. You cannot withdraw the balance yourself as cryptocurrency or cash; we pay it out only where the law or a mistake of ours requires it. When something you paid for went wrong, the refund goes back to your wallet.</source>
        <extracomment>The wallet.</extracomment>
        <translation>您的钱包以美元 (USD) 计价。您使用加密货币充值，其美元价值由支付服务商确定。通话和套餐的费用从钱包中支付。您不能自行将余额以加密货币或现金形式提取；只有在法律要求或因我们的失误而必须付还时，我们才会付出余额。如果您付费的项目出现问题，退款会退回您的钱包。</translation>
    </message>
    <message id="terms.page.6">
        <source>We keep your Telegram ID and name, your language, your scripts, your calls with the numbers called, and your payments. We need them to run the service, to keep correct accounts and to meet legal duties. Our telephone, AI and payment providers receive what they need for their part.</source>
        <extracomment>Data that is kept.</extracomment>
        <translation>我们会保存您的 Telegram ID 和名称、您的语言、脚本、通话及所拨号码，以及付款记录。这些信息用于提供服务、正确记账和履行法律义务。我们的电话、AI 和支付服务商会收到其工作所需的信息。</translation>
    </message>
    <message id="terms.page.7">
        <source>For a question or a complaint, write to the bot. When these terms change, the bot shows you the new version and asks whether you accept it.</source>
        <extracomment>Contact, and changes of the terms.</extracomment>
        <translation>如有疑问或投诉，请在机器人中留言。条款变更时，机器人会向您展示新版本，并询问您是否接受。</translation>
    </message>
    <message id="menu.title">
        <source>&lt;b&gt;Main menu&lt;/b&gt;
Balance: {balance}</source>
        <extracomment>{balance}: money that can be spent.</extracomment>
        <translation>&lt;b&gt;主菜单&lt;/b&gt;
余额：{balance}</translation>
    </message>
    <message id="menu.button.wallet">
        <source>Wallet</source>
        <translation>钱包</translation>
    </message>
    <message id="menu.button.language">
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message id="menu.button.help">
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message id="menu.tour.1">
        <source>&lt;b&gt;1 of 4: the menu&lt;/b&gt;
Everything starts from this menu. Its buttons change as you go; nothing is bought or sent until you confirm it.</source>
        <extracomment>First of four steps of the tour.</extracomment>
        <translation>&lt;b&gt;4 步之 1：菜单&lt;/b&gt;
一切从这个菜单开始。按钮会随您的操作而变化；在您确认之前，不会购买或发送任何内容。</translation>
    </message>
    <message id="menu.tour.2">
        <source>&lt;b&gt;2 of 4: the wallet&lt;/b&gt;
Your wallet is in US dollars. You top it up with cryptocurrency: choose an amount and a coin, and you get an address to pay to.</source>
        <translation>&lt;b&gt;4 步之 2：钱包&lt;/b&gt;
您的钱包以美元计价，使用加密货币充值：选择金额和币种，即可获得付款地址。</translation>
    </message>
    <message id="menu.tour.3">
        <source>&lt;b&gt;3 of 4: the language&lt;/b&gt;
You can change the language at any time, here or with /language.</source>
        <translation>&lt;b&gt;4 步之 3：语言&lt;/b&gt;
您可以随时更改语言：在这里，或发送 /language。</translation>
    </message>
    <message id="menu.tour.4">
        <source>&lt;b&gt;4 of 4: help&lt;/b&gt;
/help shows all commands. /cancel leaves whatever you have begun, and /start brings this menu back.</source>
        <translation>&lt;b&gt;4 步之 4：帮助&lt;/b&gt;
/help 显示所有命令。/cancel 放弃正在进行的操作，/start 回到这个菜单。</translation>
    </message>
    <message id="menu.tour.button.next">
        <source>Show next</source>
        <translation>下一步</translation>
    </message>
    <message id="menu.tour.button.skip">
        <source>Skip the tour</source>
        <translation>跳过介绍</translation>
    </message>
    <message id="menu.tour.button.done">
        <source>Open the menu</source>
        <extracomment>Ends the tour and shows the menu.</extracomment>
        <translation>打开菜单</translation>
    </message>
    <message id="help.body">
        <source>&lt;b&gt;Help&lt;/b&gt;

/start: the main menu
/wallet: balance and history
/topup: add money to the wallet
/language: change the language
/help: this list
/cancel: leave what you have begun</source>
        <extracomment>The commands stay as they are.</extracomment>
        <translation>&lt;b&gt;帮助&lt;/b&gt;

/start：主菜单
/wallet：余额和交易记录
/topup：给钱包充值
/language：更改语言
/help：本列表
/cancel：放弃正在进行的操作</translation>
    </message>
    <message id="help.button.channel">
        <source>Open the channel</source>
        <extracomment>Opens the Telegram channel with news.</extracomment>
        <translation>打开频道</translation>
    </message>
    <message id="help.button.terms">
        <source>Read the terms</source>
        <translation>阅读条款</translation>
    </message>
    <message id="button.back">
        <source>Back</source>
        <extracomment>One step back.</extracomment>
        <translation>返回</translation>
    </message>
    <message id="button.cancel">
        <source>Cancel</source>
        <extracomment>Leaves what was begun.</extracomment>
        <translation>取消</translation>
    </message>
    <message id="button.old">
        <source>That button is from an older message. Here is the menu as it is now.</source>
        <extracomment>Shown with the menu when a button of an old message was tapped. Also shown as a short notice: at most 200 characters.</extracomment>
        <translation>这个按钮来自较早的消息。这是当前的菜单。</translation>
    </message>
    <message id="button.yes">
        <source>Yes, go on</source>
        <extracomment>Answer to message.stale: it is still wanted.</extracomment>
        <translation>是，继续</translation>
    </message>
    <message id="button.no">
        <source>No, leave it</source>
        <extracomment>Answer to message.stale: it is no longer wanted.</extracomment>
        <translation>不，算了</translation>
    </message>
    <message id="cancel.done">
        <source>Cancelled. Nothing was charged.</source>
        <translation>已取消，没有扣款。</translation>
    </message>
    <message id="unknown.message">
        <source>Sorry, I did not understand that. Please use the buttons, or send /start for the menu.</source>
        <extracomment>The bot could not make anything of what was written.</extracomment>
        <translation>抱歉，我没有看懂。请使用按钮，或发送 /start 打开菜单。</translation>
    </message>
    <message id="message.stale" numerus="yes">
        <source>You asked for that %n minutes ago. Do you still want it?</source>
        <extracomment>%n: how many minutes ago the customer asked. Buttons: yes, no.</extracomment>
        <translation>
            <numerusform>这是您 %n 分钟前的操作。现在还需要吗？</numerusform>
        </translation>
    </message>
    <message id="error.try_again">
        <source>Sorry, something went wrong on our side. Nothing was charged. Please try again.</source>
        <translation>抱歉，我们这边出了问题，没有扣款。请重试。</translation>
    </message>
    <message id="wallet.summary">
        <source>&lt;b&gt;Wallet&lt;/b&gt;
Available: &lt;b&gt;{available}&lt;/b&gt;
Reserved: {held}</source>
        <extracomment>{available}: money that can be spent. {held}: money set aside for calls that are running.</extracomment>
        <translation>&lt;b&gt;钱包&lt;/b&gt;
可用：&lt;b&gt;{available}&lt;/b&gt;
已预留：{held}</translation>
    </message>
    <message id="wallet.button.topup">
        <source>Top up</source>
        <translation>充值</translation>
    </message>
    <message id="wallet.button.history">
        <source>Show history</source>
        <translation>查看交易记录</translation>
    </message>
    <message id="wallet.history.title">
        <source>&lt;b&gt;Latest transactions&lt;/b&gt;</source>
        <translation>&lt;b&gt;最近的交易&lt;/b&gt;</translation>
    </message>
    <message id="wallet.history.empty">
        <source>There are no transactions yet.</source>
        <translation>还没有交易记录。</translation>
    </message>
    <message id="wallet.history.line">
        <source>{time} · {kind} · {amount}</source>
        <extracomment>{time}: when. {kind}: one of wallet.kind.*. {amount}: with a minus sign when money left the wallet.</extracomment>
        <translation>{time} · {kind} · {amount}</translation>
    </message>
    <message id="wallet.kind.deposit">
        <source>Top-up</source>
        <translation>充值</translation>
    </message>
    <message id="wallet.kind.other">
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message id="topup.choose_amount">
        <source>How much would you like to add to your wallet? The minimum is {minimum}.</source>
        <extracomment>{minimum}: the smallest amount. Below: buttons with amounts.</extracomment>
        <translation>您想给钱包充值多少？最低金额为 {minimum}。</translation>
    </message>
    <message id="topup.button.own_amount">
        <source>Type another amount</source>
        <translation>输入其他金额</translation>
    </message>
    <message id="topup.ask_amount">
        <source>Please type the amount in US dollars, for example 35.</source>
        <extracomment>The customer answers with a number.</extracomment>
        <translation>请输入美元金额，例如 35。</translation>
    </message>
    <message id="topup.bad_amount">
        <source>That amount cannot be used. Please type an amount from {minimum} to {maximum}, for example 35.</source>
        <extracomment>{minimum}, {maximum}: the smallest and the largest amount.</extracomment>
        <translation>无法使用该金额。请输入 {minimum} 到 {maximum} 之间的金额，例如 35。</translation>
    </message>
    <message id="topup.choose_coin">
        <source>Which coin would you like to pay {amount} with? Please also mind its network.</source>
        <extracomment>{amount}: what will be credited. Below: a button a coin and network.</extracomment>
        <translation>您想用哪种币支付 {amount}？请同时留意它的网络。</translation>
    </message>
    <message id="topup.creating">
        <source>One moment, please. We are getting a payment address for you…</source>
        <translation>请稍候，正在为您获取付款地址…</translation>
    </message>
    <message id="topup.unavailable">
        <source>Top-ups are not available just now. Nothing was charged. Please try again in a few minutes.</source>
        <translation>目前无法充值，没有扣款。请过几分钟再试。</translation>
    </message>
    <message id="topup.coin_unavailable">
        <source>This coin is not available just now. Please choose another one.</source>
        <translation>该币种目前不可用，请选择其他币种。</translation>
    </message>
    <message id="topup.below_minimum">
        <source>With this coin the minimum is {minimum}. Please choose a larger amount or another coin.</source>
        <extracomment>{minimum}: the smallest amount for the coin that was chosen.</extracomment>
        <translation>使用该币种时，最低金额为 {minimum}。请选择更大的金额或其他币种。</translation>
    </message>
    <message id="topup.address" numerus="yes">
        <source>&lt;b&gt;Top up {amount}&lt;/b&gt;

Please send exactly
&lt;code&gt;{crypto_amount}&lt;/code&gt; {coin}
on the network &lt;b&gt;{network}&lt;/b&gt; to
&lt;code&gt;{address}&lt;/code&gt;

• Send this exact amount, in one payment. Fees of your own wallet or exchange come on top.
• Send only this coin, on this network only. Anything else may be lost.
• Use the address for this payment only, never again later.

The address is valid for %n minutes.</source>
        <extracomment>Caption of the QR picture. {amount}: what will be credited. {crypto_amount}: digits to copy. {coin}, {network}: names such as USDT, TRON. %n: for how many minutes the address is valid.</extracomment>
        <translation>
            <numerusform>&lt;b&gt;充值 {amount}&lt;/b&gt;

请准确发送
&lt;code&gt;{crypto_amount}&lt;/code&gt; {coin}
网络：&lt;b&gt;{network}&lt;/b&gt;，地址：
&lt;code&gt;{address}&lt;/code&gt;

• 请一次性发送上述准确金额。您自己的钱包或交易所的手续费需另付。
• 只能发送该币种，且只能使用该网络，否则资金可能丢失。
• 该地址仅用于本次付款，以后请勿再次使用。

该地址在 %n 分钟内有效。</numerusform>
        </translation>
    </message>
    <message id="topup.address.tag">
        <source>Destination tag (memo): &lt;code&gt;{tag}&lt;/code&gt;
Please give this tag with the payment. Without it the payment cannot be matched to you.</source>
        <extracomment>Added to the caption for coins that need it. {tag}: the destination tag.</extracomment>
        <translation>目标标签 (memo)：&lt;code&gt;{tag}&lt;/code&gt;
付款时请务必填写此标签，否则无法确认这笔付款是您的。</translation>
    </message>
    <message id="topup.button.copy_address">
        <source>Copy the address</source>
        <translation>复制地址</translation>
    </message>
    <message id="topup.status.waiting" numerus="yes">
        <source>Waiting for your payment: %n minutes left.</source>
        <extracomment>%n: minutes that are left.</extracomment>
        <translation>
            <numerusform>正在等待您的付款：还剩 %n 分钟。</numerusform>
        </translation>
    </message>
    <message id="topup.status.detected">
        <source>We have seen your payment. Now the network has to confirm it.</source>
        <translation>已看到您的付款，正在等待网络确认。</translation>
    </message>
    <message id="topup.status.confirming">
        <source>The network is confirming your payment. This may take a few minutes.</source>
        <translation>网络正在确认您的付款，可能需要几分钟。</translation>
    </message>
    <message id="topup.status.checking">
        <source>The payment is confirmed. We are checking it before we credit it.</source>
        <translation>付款已确认。入账之前我们正在核对。</translation>
    </message>
    <message id="topup.status.expired">
        <source>The time for this payment is over. Please do not send anything to this address any more. If you have sent it already, it will still be found.</source>
        <translation>这笔付款的时间已过，请不要再向该地址发送任何款项。如果您已经发送，我们仍会找到它。</translation>
    </message>
    <message id="topup.credited">
        <source>&lt;b&gt;{amount} credited to your wallet.&lt;/b&gt;
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was credited. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;{amount} 已存入您的钱包。&lt;/b&gt;
新余额：{balance}
编号：&lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="refund.not_given">
        <source>We have looked at your report about call {call} and closed it. There is no refund for it, or no further one.</source>
        <translation>我们已查看您对通话 {call} 的报告并已结案。不予退款，或不再另行退款。</translation>
    </message>
    <message id="refund.done">
        <source>&lt;b&gt;We have given {amount} back to your wallet&lt;/b&gt; for call {call}.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was given back. {call}: number of the call. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;已将通话 {call} 的 {amount} 退回您的钱包。&lt;/b&gt;
新余额：{balance}
编号：&lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="refund.done.plan">
        <source>&lt;b&gt;We have given {amount} back to your wallet&lt;/b&gt; for your plan {plan}.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was given back. {plan}: Prime, Elite or Ultra. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;已将您的 {plan} 套餐的 {amount} 退回您的钱包。&lt;/b&gt;
新余额：{balance}
编号：&lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="topup.underpaid">
        <source>Your payment has arrived, but it is too small: {received} {coin} instead of {expected} {coin}, short by {short} {coin}. Nothing has been credited yet. Please do not send the rest to this address. We are looking at it and will write to you here.</source>
        <extracomment>A person will look at it. {received}, {expected}, {short}: amounts of the coin. {coin}: its name.</extracomment>
        <translation>您的付款已到账，但金额不足：应付 {expected} {coin}，实收 {received} {coin}，少了 {short} {coin}。目前尚未入账。请不要再向该地址补足差额。我们正在处理，并会在这里通知您。</translation>
    </message>
    <message id="topup.underpaid_credited">
        <source>Your payment was smaller than asked: {received} {coin} instead of {expected} {coin}. &lt;b&gt;We have credited {amount}&lt;/b&gt;, the part that arrived.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>Less was paid than was asked; the part was credited. {amount}: what was credited. {transfer}: short number of the transaction.</extracomment>
        <translation>您的付款少于应付金额：应付 {expected} {coin}，实收 {received} {coin}。&lt;b&gt;我们已按实收部分入账 {amount}&lt;/b&gt;。
新余额：{balance}
编号：&lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="topup.overpaid">
        <source>You sent more than was asked. &lt;b&gt;We have credited {amount}.&lt;/b&gt; The rest, {excess}, is not lost: we are looking at it and will write to you here.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was credited. {excess}: what was sent above it.</extracomment>
        <translation>您发送的金额超过了应付金额。&lt;b&gt;我们已入账 {amount}。&lt;/b&gt;多出的 {excess} 不会丢失：我们正在处理，并会在这里通知您。
新余额：{balance}
编号：&lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="topup.late">
        <source>Your payment arrived after its time was over. It is not lost. Nothing has been credited yet: we are looking at it and will write to you here.</source>
        <translation>您的付款在期限过后才到账。它不会丢失，目前尚未入账：我们正在处理，并会在这里通知您。</translation>
    </message>
    <message id="topup.review">
        <source>We have received a payment that does not match what was asked. Nothing has been credited yet: we are looking at it and will write to you here.</source>
        <translation>我们收到一笔与要求不符的付款，目前尚未入账：我们正在处理，并会在这里通知您。</translation>
    </message>
    <message id="topup.excess_credited">
        <source>&lt;b&gt;The {amount} you had sent beyond what was asked are now in your wallet.&lt;/b&gt;
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was credited. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;您多付的 {amount} 已存入您的钱包。&lt;/b&gt;
新余额：{balance}
编号：&lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="topup.refused">
        <source>We have looked at your payment and could not credit it. If you think that is a mistake, please write to us here with the transaction’s hash.</source>
        <extracomment>After a person has decided about a payment that was not as asked.</extracomment>
        <translation>我们已核查您的这笔付款，无法入账。如果您认为有误，请在这里写信给我们并附上交易哈希。</translation>
    </message>
    <message id="topup.reversed">
        <source>&lt;b&gt;We have taken back {amount}&lt;/b&gt; of a deposit: the payment did not reach us in the end.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;
If you think that is a mistake, please write to us here and name the reference.</source>
        <extracomment>A deposit that was credited is taken back. {amount}: how much. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;我们已收回一笔充值中的 {amount}&lt;/b&gt;：该付款最终未到账。
新余额：{balance}
编号：&lt;code&gt;{transfer}&lt;/code&gt;
如果您认为有误，请在这里写信给我们并注明编号。</translation>
    </message>
    <message id="topup.reversed_owed">
        <source>&lt;b&gt;We have taken back {amount}&lt;/b&gt; of a deposit: the payment did not reach us in the end. Part of it was spent already, so you owe {debt}; your next top-up pays that first.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;
If you think that is a mistake, please write to us here and name the reference.</source>
        <extracomment>A deposit that was credited is taken back, and the wallet had no more that much. {amount}: how much. {debt}: what the customer owes now. {balance}: the new balance.</extracomment>
        <translation>&lt;b&gt;我们已收回一笔充值中的 {amount}&lt;/b&gt;：该付款最终未到账。其中一部分已被使用，因此您欠款 {debt}，将从您的下一次充值中优先扣除。
新余额：{balance}
编号：&lt;code&gt;{transfer}&lt;/code&gt;
如果您认为有误，请在这里写信给我们并注明编号。</translation>
    </message>
    <message id="topup.paused">
        <source>Top-ups are paused for a short while. Your balance is safe and your calls go on as usual. Please try again later.</source>
        <extracomment>Instead of the amounts, while staff have paused deposits in all coins.</extracomment>
        <translation>充值暂时停用。您的余额是安全的，通话照常进行。请稍后再试。</translation>
    </message>
    <message id="topup.coin_paused">
        <source>We are not taking {coin} just now. Please choose another coin, or come back a little later.</source>
        <extracomment>{coin}: the coin and its network, while staff have paused it.</extracomment>
        <translation>我们目前暂不接收 {coin}。请选择其他币种，或稍后再来。</translation>
    </message>
    <message id="topup.provider_problem">
        <source>Your payment was received, but it is delayed at the payment provider. Your balance has not changed yet. You do not need to do anything: we will write to you here.</source>
        <translation>您的付款已收到，但在支付服务商处有延迟。您的余额尚未变化。您无需任何操作：我们会在这里通知您。</translation>
    </message>
    <message id="command.start">
        <source>Open the main menu</source>
        <extracomment>Description in Telegram&apos;s command list.</extracomment>
        <translation>打开主菜单</translation>
    </message>
    <message id="command.wallet">
        <source>Show balance and history</source>
        <translation>查看余额和交易记录</translation>
    </message>
    <message id="command.topup">
        <source>Add money to the wallet</source>
        <translation>给钱包充值</translation>
    </message>
    <message id="command.language">
        <source>Change the language</source>
        <translation>更改语言</translation>
    </message>
    <message id="command.help">
        <source>Show all commands</source>
        <translation>查看所有命令</translation>
    </message>
    <message id="command.cancel">
        <source>Leave what you have begun</source>
        <translation>放弃正在进行的操作</translation>
    </message>
    <message id="guard.number.good">
        <source>The number is complete and valid.</source>
        <translation>号码完整有效。</translation>
    </message>
    <message id="guard.number.unreadable">
        <source>This is not a complete phone number. Please write it with the plus sign and the country code.</source>
        <translation>这不是完整的电话号码。请写上加号和国家代码。</translation>
    </message>
    <message id="guard.number.invalid">
        <source>As far as we can tell, this phone number does not exist. Please check it.</source>
        <translation>据我们所知，这个电话号码不存在。请检查一下。</translation>
    </message>
    <message id="guard.number.not_judged">
        <source>Not checked, because the number is not valid.</source>
        <extracomment>Stands in the list of checks for one that needs a valid number.</extracomment>
        <translation>号码无效，因此未检查。</translation>
    </message>
    <message id="guard.line.good">
        <source>It is a line that may be called.</source>
        <translation>这类线路可以拨打。</translation>
    </message>
    <message id="guard.line.emergency">
        <source>This is an emergency number. Speechcad never calls those.</source>
        <translation>这是紧急求助号码。Speechcad 从不拨打这类号码。</translation>
    </message>
    <message id="guard.line.short">
        <source>This is a short number for a service. Only complete phone numbers can be called.</source>
        <translation>这是某项服务的短号码。只能拨打完整的电话号码。</translation>
    </message>
    <message id="guard.line.premium">
        <source>Calls to this number cost more than usual calls. Such numbers cannot be called.</source>
        <extracomment>Premium-rate and shared-cost numbers.</extracomment>
        <translation>拨打这个号码的费用高于普通通话。这类号码不能拨打。</translation>
    </message>
    <message id="guard.line.special">
        <source>This number does not lead to an ordinary line, but to a pager, a mailbox or a forwarding service. Such numbers cannot be called.</source>
        <extracomment>Personal numbers, pagers, universal access numbers, voicemail.</extracomment>
        <translation>这个号码不是普通线路，而是寻呼机、语音信箱或转接服务。这类号码不能拨打。</translation>
    </message>
    <message id="guard.line.satellite">
        <source>This is a satellite number. Such numbers cannot be called.</source>
        <translation>这是卫星电话号码。这类号码不能拨打。</translation>
    </message>
    <message id="guard.region.good">
        <source>We place calls to this country or region.</source>
        <translation>我们可以拨打这个国家或地区。</translation>
    </message>
    <message id="guard.region.closed">
        <source>We do not place calls to this country or region yet.</source>
        <translation>我们暂时不能拨打这个国家或地区。</translation>
    </message>
    <message id="guard.hours.good">
        <source>People may be called there at this hour.</source>
        <translation>当地现在可以打电话。</translation>
    </message>
    <message id="guard.hours.quiet">
        <source>People there should not be disturbed at this hour. The call can be placed from {time} on.</source>
        <extracomment>{time}: date and time.</extracomment>
        <translation>当地现在不宜打扰。从 {time} 起可以拨打。</translation>
    </message>
    <message id="guard.hours.never">
        <source>This number may be in places so far apart that there is no hour at which all of them may be called.</source>
        <translation>这个号码可能所在的各地相距太远，没有一个时间适合同时拨打所有这些地方。</translation>
    </message>
    <message id="guard.hours.unknown">
        <source>We cannot tell what time it is where this number is, so it cannot be called.</source>
        <translation>我们无法得知这个号码所在地的时间，因此不能拨打。</translation>
    </message>
    <message id="guard.do_not_call.good">
        <source>The number is on no do-not-call list.</source>
        <translation>该号码不在任何谢绝来电名单上。</translation>
    </message>
    <message id="guard.do_not_call.listed">
        <source>This number must not be called: it is on our do-not-call list.</source>
        <extracomment>The person called may have asked for it, or staff may have listed it.</extracomment>
        <translation>这个号码不能拨打：它在我们的谢绝来电名单上。</translation>
    </message>
    <message id="guard.do_not_call.customer">
        <source>This number must not be called from your account.</source>
        <extracomment>Only this customer must not call the number.</extracomment>
        <translation>您的账户不能拨打这个号码。</translation>
    </message>
    <message id="guard.tier.good">
        <source>Your account may place this call.</source>
        <translation>您的账户可以拨打这个电话。</translation>
    </message>
    <message id="guard.tier.destinations">
        <source>Your account has reached its limit of numbers called for the first time in one day ({limit}). You can still call numbers that you have called before.</source>
        <extracomment>{limit}: a number. A day is the last 24 hours.</extracomment>
        <translation>您的账户一天内首次拨打的号码数已达上限（{limit}）。您仍可拨打以前打过的号码。</translation>
    </message>
    <message id="guard.tier.no_campaigns">
        <source>Your account cannot run campaigns yet.</source>
        <translation>您的账户暂时不能进行批量呼叫。</translation>
    </message>
    <message id="guard.tier.recipients">
        <source>A campaign of your account may have at most {limit} recipients.</source>
        <extracomment>{limit}: a number, always more than one.</extracomment>
        <translation>您的账户每次批量呼叫最多可有 {limit} 个接听人。</translation>
    </message>
    <message id="guard.tier.contacts">
        <source>A campaign of your account may call only your own contacts.</source>
        <translation>您的账户的批量呼叫只能拨打您自己的联系人。</translation>
    </message>
    <message id="guard.tier.proof">
        <source>This campaign needs a file that proves that the people called have agreed.</source>
        <translation>此次批量呼叫需要一份文件，证明接听人已经同意。</translation>
    </message>
    <message id="guard.tier.review">
        <source>Our staff look at your first campaign before it starts. We will write to you here.</source>
        <translation>您的首次批量呼叫开始前，我们的工作人员会先查看。我们会在这里通知您。</translation>
    </message>
    <message id="guard.pace.good">
        <source>There have not been too many calls.</source>
        <translation>通话次数未超限。</translation>
    </message>
    <message id="guard.pace.hour">
        <source>Your account has reached its limit of calls in one hour ({limit}). Please try again later.</source>
        <extracomment>{limit}: a number.</extracomment>
        <translation>您的账户一小时内的通话次数已达上限（{limit}）。请稍后再试。</translation>
    </message>
    <message id="guard.pace.day">
        <source>Your account has reached its limit of calls in one day ({limit}). Please try again tomorrow.</source>
        <extracomment>{limit}: a number. A day is the last 24 hours.</extracomment>
        <translation>您的账户一天内的通话次数已达上限（{limit}）。请明天再试。</translation>
    </message>
    <message id="guard.pace.destination">
        <source>This number has been called often enough for one day. Please try again tomorrow.</source>
        <extracomment>By all customers together; do not say by whom.</extracomment>
        <translation>这个号码今天被拨打的次数已经够多了。请明天再试。</translation>
    </message>
    <message id="guard.lines.good">
        <source>A line is free for this call.</source>
        <translation>这个电话有空闲线路。</translation>
    </message>
    <message id="guard.lines.yours">
        <source>Your account has as many calls running as it may have at once. This call starts when one of them has ended.</source>
        <translation>您的账户同时进行的通话已达上限。其中一个结束后，这个电话就会开始。</translation>
    </message>
    <message id="guard.lines.busy">
        <source>All our lines are busy. This call starts as soon as one is free.</source>
        <translation>我们的线路全部占用。一有空闲，这个电话就会开始。</translation>
    </message>
    <message id="guard.money.good">
        <source>Your balance is enough. For this call, {hold} is reserved; what is not used comes back.</source>
        <extracomment>{hold}: money.</extracomment>
        <translation>您的余额充足。这个电话将预留 {hold}；未用的部分会退回。</translation>
    </message>
    <message id="guard.money.plan">
        <source>This call is paid by the minutes of your plan.</source>
        <translation>这个电话使用您套餐中的分钟数。</translation>
    </message>
    <message id="guard.money.short">
        <source>Your balance is too low even for a short call. Please top up at least {amount}.</source>
        <extracomment>{amount}: money.</extracomment>
        <translation>您的余额连一个短电话也不够。请至少充值 {amount}。</translation>
    </message>
    <message id="guard.disclosure.good">
        <source>The call begins by saying that an AI is speaking, and how to object.</source>
        <translation>电话一开始就说明是 AI 在讲话，以及如何谢绝。</translation>
    </message>
    <message id="guard.disclosure.language">
        <source>Every call must say at its start that an AI is speaking. We cannot say it in the language of this call yet, so it cannot be placed.</source>
        <translation>每个电话一开始都必须说明是 AI 在讲话。我们还不能用这个电话的语言说明，因此不能拨打。</translation>
    </message>
    <message id="guard.disclosure.missing">
        <source>Every call must say at its start that an AI is speaking, and this one does not. Please save the script again.</source>
        <translation>每个电话一开始都必须说明是 AI 在讲话，而这个电话没有。请重新保存脚本。</translation>
    </message>
    <message id="guard.disclosure.sentence">
        <source>Hello, this is an automated call by an AI voice on behalf of {name}. To get no more such calls, say “stop calling” at any time.</source>
        <extracomment>Spoken first in every call, to the person called. {name}: who asked for the call.</extracomment>
        <translation>您好，这是 AI 语音代表 {name} 拨打的自动电话。如果不想再接到这类电话，请随时说“不要再打”。</translation>
    </message>
    <message id="guard.disclosure.recorded">
        <source>This call is recorded.</source>
        <extracomment>Spoken to the person called, right after guard.disclosure.sentence, in a call that is recorded.</extracomment>
        <translation>本次通话会被录音。</translation>
    </message>
    <message id="guard.caller_id.good">
        <source>The call shows one of our numbers.</source>
        <translation>来电显示的是我们的号码。</translation>
    </message>
    <message id="guard.caller_id.foreign">
        <source>The call would show a number that is not ours, so it cannot be placed.</source>
        <translation>来电会显示不属于我们的号码，因此不能拨打。</translation>
    </message>
    <message id="guard.stop.good">
        <source>Calls are being placed.</source>
        <translation>目前可以拨打电话。</translation>
    </message>
    <message id="guard.stop.stopped">
        <source>All calls are stopped for the moment. Nothing was charged. Please try again later.</source>
        <translation>所有通话暂时停止。没有扣费。请稍后再试。</translation>
    </message>
    <message id="menu.button.call">
        <source>Make a call</source>
        <translation>拨打电话</translation>
    </message>
    <message id="menu.button.scripts">
        <source>Scripts</source>
        <translation>脚本</translation>
    </message>
    <message id="menu.button.history">
        <source>Past calls</source>
        <translation>通话记录</translation>
    </message>
    <message id="command.call">
        <source>Make a call</source>
        <translation>拨打电话</translation>
    </message>
    <message id="command.scripts">
        <source>Your scripts</source>
        <translation>您的脚本</translation>
    </message>
    <message id="command.history">
        <source>Your past calls</source>
        <translation>您的通话记录</translation>
    </message>
    <message id="command.stop">
        <source>Stop the call that is running</source>
        <translation>停止正在进行的通话</translation>
    </message>
    <message id="script.list.title">
        <source>&lt;b&gt;Your scripts&lt;/b&gt;
Choose one to read, change or use it, or write a new one.</source>
        <translation>&lt;b&gt;您的脚本&lt;/b&gt;
选择一个来查看、修改或使用，或者编写新的脚本。</translation>
    </message>
    <message id="script.list.empty">
        <source>&lt;b&gt;Your scripts&lt;/b&gt;
A script tells the AI voice what to say. You have none yet: start from a template, or write one in your own words.</source>
        <translation>&lt;b&gt;您的脚本&lt;/b&gt;
脚本告诉 AI 语音该说什么。您还没有脚本：可以从模板开始，或用自己的话编写。</translation>
    </message>
    <message id="script.title">
        <source>&lt;b&gt;{name}&lt;/b&gt; (version {version})</source>
        <extracomment>{version}: 1, 2, 3, ...: each change makes a new one.</extracomment>
        <translation>&lt;b&gt;{name}&lt;/b&gt;（版本 {version}）</translation>
    </message>
    <message id="script.draft">
        <source>&lt;b&gt;{name}&lt;/b&gt;
This is your script. Save it, or change what is not right yet.</source>
        <translation>&lt;b&gt;{name}&lt;/b&gt;
这是您的脚本。请保存，或修改还不合适的地方。</translation>
    </message>
    <message id="script.field">
        <source>&lt;b&gt;{field}&lt;/b&gt;
{value}</source>
        <extracomment>{field}: one of the script.button.field texts.</extracomment>
        <translation>&lt;b&gt;{field}&lt;/b&gt;
{value}</translation>
    </message>
    <message id="script.button.field.name">
        <source>Name</source>
        <extracomment>A part of a script: on a button, and above its words.</extracomment>
        <translation>名称</translation>
    </message>
    <message id="script.button.field.purpose">
        <source>Purpose</source>
        <translation>用途</translation>
    </message>
    <message id="script.button.field.language">
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message id="script.button.field.voice">
        <source>Voice</source>
        <translation>语音</translation>
    </message>
    <message id="script.button.field.opening">
        <source>First words</source>
        <translation>开场白</translation>
    </message>
    <message id="script.button.field.goal">
        <source>Goal</source>
        <translation>目标</translation>
    </message>
    <message id="script.button.field.facts">
        <source>Facts</source>
        <translation>事实</translation>
    </message>
    <message id="script.button.field.questions">
        <source>Questions</source>
        <translation>问题</translation>
    </message>
    <message id="script.button.field.stop_when">
        <source>When to stop</source>
        <translation>何时结束</translation>
    </message>
    <message id="script.ask.name">
        <source>What is the script to be called? Only you see this name.</source>
        <translation>脚本叫什么名称？只有您能看到。</translation>
    </message>
    <message id="script.ask.purpose">
        <source>Why is the call made? One sentence, for example: to confirm an appointment.</source>
        <translation>为什么打这个电话？请用一句话说明，例如：确认预约。</translation>
    </message>
    <message id="script.ask.language">
        <source>In which language is the person called?</source>
        <translation>用哪种语言与对方通话？</translation>
    </message>
    <message id="script.ask.voice">
        <source>Which voice speaks?</source>
        <translation>使用哪种语音？</translation>
    </message>
    <message id="script.ask.opening">
        <source>What does the voice say first? Before it, each call says that an AI is calling for you; that cannot be changed.</source>
        <translation>语音首先说什么？在此之前，每次通话都会说明是 AI 代您致电；这一点不能更改。</translation>
    </message>
    <message id="script.ask.goal">
        <source>What is to be reached in the call? Say it as you would to an assistant.</source>
        <translation>这次通话要达成什么？请像对助理那样说明。</translation>
    </message>
    <message id="script.ask.facts">
        <source>Which facts may the voice tell? For example dates, places and names. Never passwords, codes or card numbers.</source>
        <translation>语音可以说哪些事实？例如日期、地点和姓名。切勿填写密码、验证码或卡号。</translation>
    </message>
    <message id="script.ask.questions">
        <source>What is to be found out? One question a line, at most {maximum}. You may put a short name and a colon before each: the answer is shown under it.</source>
        <extracomment>{maximum}: a number.</extracomment>
        <translation>需要问清什么？每行一个问题，最多 {maximum} 个。可在问题前写简短名称和冒号，答案会显示在该名称下。</translation>
    </message>
    <message id="script.ask.stop_when">
        <source>When is the voice to end the call? It always ends when the person wants no call.</source>
        <translation>语音何时结束通话？如果对方不想通话，总会结束。</translation>
    </message>
    <message id="script.bad.text">
        <source>That does not fit here. Please write at least a word and at most {maximum} characters.</source>
        <extracomment>{maximum}: a number, at least 60.</extracomment>
        <translation>这里放不下。请至少写一个词，最多 {maximum} 个字符。</translation>
    </message>
    <message id="script.bad.questions">
        <source>Please write at most {maximum} questions, one a line, and each not longer than a sentence or two.</source>
        <translation>请最多写 {maximum} 个问题，每行一个，每个不超过一两句话。</translation>
    </message>
    <message id="script.button.from_template">
        <source>From a template</source>
        <translation>使用模板</translation>
    </message>
    <message id="script.button.own_words">
        <source>In my own words</source>
        <translation>用自己的话写</translation>
    </message>
    <message id="script.button.empty">
        <source>Leave it empty</source>
        <translation>留空</translation>
    </message>
    <message id="script.button.save">
        <source>Save the script</source>
        <translation>保存脚本</translation>
    </message>
    <message id="script.button.call">
        <source>Make a call with it</source>
        <translation>用它拨打电话</translation>
    </message>
    <message id="script.button.show">
        <source>Show the script</source>
        <translation>查看脚本</translation>
    </message>
    <message id="script.button.edit">
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message id="script.button.delete">
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message id="script.button.retry">
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message id="script.saved">
        <source>Saved. &lt;b&gt;{name}&lt;/b&gt; is being prepared, which takes a few seconds. You will hear when it can be used.</source>
        <translation>已保存。正在准备 &lt;b&gt;{name}&lt;/b&gt;，需要几秒钟。可以使用时会通知您。</translation>
    </message>
    <message id="script.ready">
        <source>&lt;b&gt;{name}&lt;/b&gt; is ready.</source>
        <extracomment>{name}: of a script.</extracomment>
        <translation>&lt;b&gt;{name}&lt;/b&gt; 已准备好。</translation>
    </message>
    <message id="script.failed">
        <source>&lt;b&gt;{name}&lt;/b&gt; could not be prepared. Nothing was charged. You can try again, or change the script.</source>
        <translation>&lt;b&gt;{name}&lt;/b&gt; 未能准备好。没有扣费。您可以重试，或修改脚本。</translation>
    </message>
    <message id="script.making">
        <source>It is being prepared and can be used in a few seconds.</source>
        <translation>正在准备，几秒钟后即可使用。</translation>
    </message>
    <message id="script.not_made">
        <source>It could not be prepared, so no call can be made with it.</source>
        <translation>未能准备好，因此无法用它拨打电话。</translation>
    </message>
    <message id="script.edit.choose">
        <source>What is to change in &lt;b&gt;{name}&lt;/b&gt;? Calls that are over keep the words they were made with.</source>
        <translation>要修改 &lt;b&gt;{name}&lt;/b&gt; 的哪一部分？已结束的通话保留当时的内容。</translation>
    </message>
    <message id="script.edit.now">
        <source>Until now: {value}</source>
        <extracomment>{value}: what the script says there.</extracomment>
        <translation>目前：{value}</translation>
    </message>
    <message id="script.delete.sure">
        <source>Delete &lt;b&gt;{name}&lt;/b&gt;? Your past calls with it stay in your list.</source>
        <translation>删除 &lt;b&gt;{name}&lt;/b&gt; 吗？用它进行的通话仍保留在记录中。</translation>
    </message>
    <message id="script.limit.scripts">
        <source>You have {maximum} scripts already. Please delete one first.</source>
        <extracomment>{maximum}: a number, more than one.</extracomment>
        <translation>您已有 {maximum} 个脚本。请先删除一个。</translation>
    </message>
    <message id="script.limit.versions">
        <source>Your scripts have changed very often today. Please go on tomorrow.</source>
        <translation>您的脚本今天修改次数过多。请明天再继续。</translation>
    </message>
    <message id="script.template.choose">
        <source>What kind of call is it? You can change everything afterwards.</source>
        <translation>这是哪种电话？之后所有内容都可以修改。</translation>
    </message>
    <message id="script.template.button.reminder">
        <source>Confirm an appointment</source>
        <translation>确认预约</translation>
    </message>
    <message id="script.template.button.booking">
        <source>Book a table or a room</source>
        <translation>预订餐桌或房间</translation>
    </message>
    <message id="script.template.button.enquiry">
        <source>Ask for information</source>
        <translation>咨询信息</translation>
    </message>
    <message id="script.template.button.feedback">
        <source>Ask how it was</source>
        <translation>询问满意度</translation>
    </message>
    <message id="script.template.reminder.purpose">
        <source>To confirm an appointment.</source>
        <translation>确认一个预约。</translation>
    </message>
    <message id="script.template.reminder.opening">
        <source>I am calling about your appointment. Do you have a moment?</source>
        <extracomment>Spoken by the AI voice, after it has said who calls.</extracomment>
        <translation>我打电话是关于您的预约。您现在方便吗？</translation>
    </message>
    <message id="script.template.reminder.goal">
        <source>Say when and where the appointment is, and find out whether the person will come. If not, ask which other day suits them.</source>
        <translation>告诉对方预约的时间和地点，并确认对方是否会来。如果不来，问哪一天合适。</translation>
    </message>
    <message id="script.template.reminder.questions">
        <source>Coming: Will you come to the appointment?
Other day: Which other day would suit you?</source>
        <extracomment>One question a line: a short name, a colon, the question.</extracomment>
        <translation>会来：您会按预约前来吗？
改期：哪一天对您合适？</translation>
    </message>
    <message id="script.template.booking.purpose">
        <source>To book a table or a room.</source>
        <translation>预订餐桌或房间。</translation>
    </message>
    <message id="script.template.booking.opening">
        <source>I would like to make a booking, please.</source>
        <translation>您好，我想预订。</translation>
    </message>
    <message id="script.template.booking.goal">
        <source>Book as the facts say. If that is not free, ask for the nearest free time, and do not accept it but say that we call back.</source>
        <translation>按照所给事实预订。如果没有空位，询问最接近的可用时间，不要直接接受，而是说我们会再联系。</translation>
    </message>
    <message id="script.template.booking.questions">
        <source>Booked: Is the booking confirmed?
Other time: Which time is free?
Name: Under which name is it booked?</source>
        <translation>已预订：预订确认了吗？
其他时间：哪个时间有空？
姓名：以什么名字预订？</translation>
    </message>
    <message id="script.template.enquiry.purpose">
        <source>To ask a business for information.</source>
        <translation>向商家咨询信息。</translation>
    </message>
    <message id="script.template.enquiry.opening">
        <source>I have a short question, if I may.</source>
        <translation>您好，我想请教一个小问题。</translation>
    </message>
    <message id="script.template.enquiry.goal">
        <source>Ask what the facts say, and note the answer exactly. Ask again once if it is not clear.</source>
        <translation>询问事实中所写的问题，并准确记下回答。如果不清楚，再问一次。</translation>
    </message>
    <message id="script.template.enquiry.questions">
        <source>Answer: What is the answer to the question?
Contact: Who can be asked for more?</source>
        <translation>回答：问题的答案是什么？
联系人：还可以向谁询问？</translation>
    </message>
    <message id="script.template.feedback.purpose">
        <source>To ask a customer how satisfied they are.</source>
        <translation>询问客户的满意程度。</translation>
    </message>
    <message id="script.template.feedback.opening">
        <source>You were our customer lately, and we would like to know how it was. May I ask two short questions?</source>
        <translation>您最近是我们的客户，我们想了解您的感受。可以问您两个简短的问题吗？</translation>
    </message>
    <message id="script.template.feedback.goal">
        <source>Find out how satisfied the person is and what should be better. Thank them, and do not sell anything.</source>
        <translation>了解对方的满意程度以及需要改进之处。表示感谢，不要推销。</translation>
    </message>
    <message id="script.template.feedback.questions">
        <source>Satisfied: How satisfied are you?
Better: What should we do better?</source>
        <translation>满意度：您有多满意？
改进：我们哪里应该做得更好？</translation>
    </message>
    <message id="script.template.stop_when">
        <source>When the questions are answered, or the person has no time.</source>
        <translation>问题已得到回答，或对方没有时间时。</translation>
    </message>
    <message id="call.choose_script">
        <source>&lt;b&gt;Make a call&lt;/b&gt;
Which script is it for?</source>
        <translation>&lt;b&gt;拨打电话&lt;/b&gt;
使用哪个脚本？</translation>
    </message>
    <message id="call.no_script">
        <source>&lt;b&gt;Make a call&lt;/b&gt;
First the AI voice needs a script. Start from a template: that takes a minute.</source>
        <translation>&lt;b&gt;拨打电话&lt;/b&gt;
AI 语音首先需要一个脚本。从模板开始，只需一分钟。</translation>
    </message>
    <message id="call.script_not_ready">
        <source>&lt;b&gt;{name}&lt;/b&gt; is still being prepared. You will hear when it can be used.</source>
        <translation>&lt;b&gt;{name}&lt;/b&gt; 仍在准备中。可以使用时会通知您。</translation>
    </message>
    <message id="call.ask_number">
        <source>Whom shall we call? Write the number with the plus sign and the country code, share a contact, or choose one.</source>
        <translation>打给谁？请写带加号和国家代码的号码、分享联系人，或选择一个。</translation>
    </message>
    <message id="call.ask_number.first">
        <source>Your first call goes to your own number, so that you hear what others will hear. Please choose it.</source>
        <translation>您的第一次通话会打到您自己的号码，让您听到别人将听到的内容。请选择它。</translation>
    </message>
    <message id="call.share_own">
        <source>Please press the button below the chat: Telegram then tells us your own number.</source>
        <translation>请按聊天下方的按钮：Telegram 会把您自己的号码告诉我们。</translation>
    </message>
    <message id="call.share_own.first">
        <source>Your first call goes to your own number, so that you hear what others will hear. Please press the button below the chat: Telegram then tells us your number.</source>
        <translation>您的第一次通话会打到您自己的号码，让您听到别人将听到的内容。请按聊天下方的按钮：Telegram 会把您的号码告诉我们。</translation>
    </message>
    <message id="call.bad_number">
        <source>That is no complete phone number. Please write it with the plus sign and the country code.</source>
        <translation>这不是完整的电话号码。请写上加号和国家代码。</translation>
    </message>
    <message id="call.ask_consent">
        <source>Why may {number} be called by an AI voice? You answer for what you say here.</source>
        <extracomment>{number}: a phone number.</extracomment>
        <translation>为什么可以用 AI 语音拨打 {number}？您对此处的说明负责。</translation>
    </message>
    <message id="call.button.consent.know">
        <source>We know each other, and it is all right</source>
        <translation>我们认识，对方同意</translation>
    </message>
    <message id="call.button.consent.written">
        <source>They agreed in writing</source>
        <translation>对方已书面同意</translation>
    </message>
    <message id="call.button.consent.own">
        <source>It is my own number</source>
        <translation>这是我自己的号码</translation>
    </message>
    <message id="call.button.consent.none">
        <source>None of these</source>
        <translation>以上都不是</translation>
    </message>
    <message id="call.button.own_number">
        <source>Call my own number</source>
        <translation>打给我自己</translation>
    </message>
    <message id="call.button.share_number">
        <source>Share my number</source>
        <translation>分享我的号码</translation>
    </message>
    <message id="call.summary">
        <source>&lt;b&gt;{script}&lt;/b&gt; to &lt;b&gt;{number}&lt;/b&gt;</source>
        <translation>&lt;b&gt;{script}&lt;/b&gt; 拨打 &lt;b&gt;{number}&lt;/b&gt;</translation>
    </message>
    <message id="call.allowed">
        <source>This call may be placed now.</source>
        <translation>现在可以拨打此电话。</translation>
    </message>
    <message id="call.queued">
        <source>This call can be placed, but not at once. It starts by itself as soon as it may:</source>
        <translation>可以拨打此电话，但不是现在。条件允许时会自动开始：</translation>
    </message>
    <message id="call.refused">
        <source>This call cannot be placed:</source>
        <translation>无法拨打此电话：</translation>
    </message>
    <message id="call.price">
        <source>Price: {rate} a minute.
An expected {expected} min: {expected_price}.
The longest {longest} min: {longest_price}. That much is reserved, and what is not used comes back.</source>
        <extracomment>{expected} and {longest}: minutes and seconds, as 3:05. The others are money.</extracomment>
        <translation>价格：每分钟 {rate}。
预计 {expected} 分钟：{expected_price}。
最长 {longest} 分钟：{longest_price}。会预留这一金额，未用部分退回。</translation>
    </message>
    <message id="call.recording_fee">
        <source>It is recorded for {fee}, and the person called is told so.</source>
        <translation>将录音，费用 {fee}，并会告知对方。</translation>
    </message>
    <message id="call.button.go">
        <source>Call now</source>
        <translation>立即拨打</translation>
    </message>
    <message id="call.button.go_later">
        <source>Call as soon as possible</source>
        <translation>尽快拨打</translation>
    </message>
    <message id="call.button.record.on">
        <source>Record this call</source>
        <translation>录音</translation>
    </message>
    <message id="call.button.record.off">
        <source>Do not record</source>
        <translation>不录音</translation>
    </message>
    <message id="call.button.other_number">
        <source>Another number</source>
        <translation>换个号码</translation>
    </message>
    <message id="call.button.again">
        <source>Check again</source>
        <translation>重新检查</translation>
    </message>
    <message id="call.asked">
        <source>Confirmed: the call to {number} is on its way.</source>
        <translation>已确认：正在拨打 {number}。</translation>
    </message>
    <message id="call.nothing_to_stop">
        <source>No call of yours is running.</source>
        <translation>您没有正在进行的通话。</translation>
    </message>
    <message id="call.stopping">
        <source>The call is being stopped.</source>
        <translation>正在停止通话。</translation>
    </message>
    <message id="history.title">
        <source>&lt;b&gt;Past calls&lt;/b&gt;</source>
        <translation>&lt;b&gt;通话记录&lt;/b&gt;</translation>
    </message>
    <message id="history.empty">
        <source>&lt;b&gt;Past calls&lt;/b&gt;
There are none yet.</source>
        <translation>&lt;b&gt;通话记录&lt;/b&gt;
还没有通话。</translation>
    </message>
    <message id="history.line">
        <source>{time}: {number}, {outcome}, {price}</source>
        <extracomment>{outcome}: one of the history.outcome texts.</extracomment>
        <translation>{time}：{number}，{outcome}，{price}</translation>
    </message>
    <message id="history.call">
        <source>&lt;b&gt;{script}&lt;/b&gt;
{time}
{number}
Outcome: {outcome}
Lasted: {duration} min
Charged: {price}</source>
        <translation>&lt;b&gt;{script}&lt;/b&gt;
{time}
{number}
结果：{outcome}
时长：{duration} 分钟
费用：{price}</translation>
    </message>
    <message id="history.summary">
        <source>&lt;b&gt;Summary&lt;/b&gt;
{summary}</source>
        <translation>&lt;b&gt;摘要&lt;/b&gt;
{summary}</translation>
    </message>
    <message id="history.answer">
        <source>&lt;b&gt;{question}&lt;/b&gt;: {answer}</source>
        <translation>&lt;b&gt;{question}&lt;/b&gt;：{answer}</translation>
    </message>
    <message id="history.transcript.title">
        <source>&lt;b&gt;What was said with {number}&lt;/b&gt;</source>
        <translation>&lt;b&gt;与 {number} 的对话&lt;/b&gt;</translation>
    </message>
    <message id="history.transcript.voice">
        <source>&lt;b&gt;Voice:&lt;/b&gt; {words}</source>
        <extracomment>The AI voice speaks.</extracomment>
        <translation>&lt;b&gt;语音：&lt;/b&gt;{words}</translation>
    </message>
    <message id="history.transcript.person">
        <source>&lt;b&gt;Person:&lt;/b&gt; {words}</source>
        <extracomment>The person called speaks.</extracomment>
        <translation>&lt;b&gt;对方：&lt;/b&gt;{words}</translation>
    </message>
    <message id="history.transcript.cut">
        <source>The rest is too long to be shown here.</source>
        <translation>其余内容太长，无法在此显示。</translation>
    </message>
    <message id="history.button.older">
        <source>Older calls</source>
        <translation>更早的通话</translation>
    </message>
    <message id="history.button.transcript">
        <source>What was said</source>
        <translation>对话内容</translation>
    </message>
    <message id="history.button.again">
        <source>Call again</source>
        <translation>再次拨打</translation>
    </message>
    <message id="history.button.problem">
        <source>Report a problem</source>
        <translation>报告问题</translation>
    </message>
    <message id="problem.ask">
        <source>What went wrong with the call to {number} ({time})? You paid {price} for it.</source>
        <translation>拨打 {number} 的通话（{time}）出了什么问题？您为它支付了 {price}。</translation>
    </message>
    <message id="problem.reason.bad_audio">
        <source>The sound was bad</source>
        <translation>声音质量差</translation>
    </message>
    <message id="problem.reason.ai_malfunction">
        <source>The voice did not follow the script</source>
        <translation>语音没有按脚本说</translation>
    </message>
    <message id="problem.reason.not_answered_but_charged">
        <source>Nobody answered, but I paid</source>
        <translation>无人接听却被收费</translation>
    </message>
    <message id="problem.reason.overcharged">
        <source>It cost too much</source>
        <translation>收费过高</translation>
    </message>
    <message id="problem.reason.other">
        <source>Something else</source>
        <translation>其他问题</translation>
    </message>
    <message id="problem.words">
        <source>Please write in one message what went wrong, in at most {characters} characters.</source>
        <translation>请用一条消息说明出了什么问题，最多 {characters} 个字符。</translation>
    </message>
    <message id="problem.thanks">
        <source>Thank you. A person looks at this call and you hear from us here. Money that comes back goes to your wallet.</source>
        <translation>谢谢。我们会有专人查看这次通话，并在这里答复您。退还的款项会回到您的钱包。</translation>
    </message>
    <message id="problem.already">
        <source>You have reported this call. A person looks at it, and you hear from us here.</source>
        <translation>您已经报告过这次通话。我们会有专人查看，并在这里答复您。</translation>
    </message>
    <message id="problem.too_late">
        <source>A problem can be reported within seven days of a call. This one is older.</source>
        <translation>问题须在通话后七天内报告。这次通话已超过期限。</translation>
    </message>
    <message id="problem.nothing_paid">
        <source>Nothing was charged for this call, so there is nothing to give back.</source>
        <translation>这次通话没有收费，因此没有可退的款项。</translation>
    </message>
    <message id="history.outcome.waiting">
        <source>waiting</source>
        <extracomment>How a call went, in a line of the list.</extracomment>
        <translation>等待中</translation>
    </message>
    <message id="history.outcome.dialling">
        <source>being called</source>
        <translation>正在拨号</translation>
    </message>
    <message id="history.outcome.talking">
        <source>talking</source>
        <translation>通话中</translation>
    </message>
    <message id="history.outcome.talked">
        <source>talked</source>
        <translation>已通话</translation>
    </message>
    <message id="history.outcome.mailbox">
        <source>a mailbox answered</source>
        <translation>语音信箱接听</translation>
    </message>
    <message id="history.outcome.longest">
        <source>ended at its longest</source>
        <translation>达到最长时间</translation>
    </message>
    <message id="history.outcome.busy">
        <source>busy</source>
        <translation>占线</translation>
    </message>
    <message id="history.outcome.no_answer">
        <source>no answer</source>
        <translation>无人接听</translation>
    </message>
    <message id="history.outcome.declined">
        <source>declined</source>
        <translation>被拒接</translation>
    </message>
    <message id="history.outcome.wrong_number">
        <source>the number does not exist</source>
        <translation>号码不存在</translation>
    </message>
    <message id="history.outcome.not_connected">
        <source>not connected</source>
        <translation>未接通</translation>
    </message>
    <message id="history.outcome.failed">
        <source>failed on our side</source>
        <translation>我方故障</translation>
    </message>
    <message id="history.outcome.refused">
        <source>not placed</source>
        <translation>未拨打</translation>
    </message>
    <message id="history.outcome.cancelled">
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message id="call.live.asked">
        <source>Your call to &lt;b&gt;{number}&lt;/b&gt; is being prepared.</source>
        <extracomment>{number}: the number called.</extracomment>
        <translation>正在准备拨打 &lt;b&gt;{number}&lt;/b&gt;。</translation>
    </message>
    <message id="call.live.queued">
        <source>Your call to &lt;b&gt;{number}&lt;/b&gt; is waiting.</source>
        <extracomment>{number}: the number called. Below it: what it waits for.</extracomment>
        <translation>拨打 &lt;b&gt;{number}&lt;/b&gt; 的电话正在等待。</translation>
    </message>
    <message id="call.live.dialling">
        <source>Calling &lt;b&gt;{number}&lt;/b&gt;…</source>
        <extracomment>{number}: the number called.</extracomment>
        <translation>正在呼叫 &lt;b&gt;{number}&lt;/b&gt;……</translation>
    </message>
    <message id="call.live.unknown">
        <source>Call to &lt;b&gt;{number}&lt;/b&gt;: the phone provider has not answered. We are checking whether the call goes through. You pay nothing for a call that was not placed.</source>
        <extracomment>The provider has not said whether it dials. {number}: the number called.</extracomment>
        <translation>拨打 &lt;b&gt;{number}&lt;/b&gt;：电话服务商没有答复，我们正在确认电话是否已拨出。未拨出的电话不收费。</translation>
    </message>
    <message id="call.live.talking">
        <source>Talking with &lt;b&gt;{number}&lt;/b&gt; for {duration}.
Cost so far: {amount} of {hold} reserved.</source>
        <extracomment>{number}: the number called. {duration}: minutes and seconds, 1:40. {amount}, {hold}: money.</extracomment>
        <translation>正在与 &lt;b&gt;{number}&lt;/b&gt; 通话，已 {duration}。
目前费用：{amount}，已预留 {hold}。</translation>
    </message>
    <message id="call.live.ending">
        <source>The call to &lt;b&gt;{number}&lt;/b&gt; is being ended…</source>
        <extracomment>{number}: the number called.</extracomment>
        <translation>正在结束与 &lt;b&gt;{number}&lt;/b&gt; 的通话……</translation>
    </message>
    <message id="call.live.cancelled">
        <source>The call to &lt;b&gt;{number}&lt;/b&gt; was cancelled before it was placed. Nothing was charged.</source>
        <extracomment>{number}: the number called.</extracomment>
        <translation>拨打 &lt;b&gt;{number}&lt;/b&gt; 的电话在拨出前已取消，没有扣费。</translation>
    </message>
    <message id="call.live.over">
        <source>&lt;b&gt;Call to {number}&lt;/b&gt;</source>
        <extracomment>{number}: the number called. Below it: how it ended and what it cost.</extracomment>
        <translation>&lt;b&gt;致 {number} 的电话&lt;/b&gt;</translation>
    </message>
    <message id="call.button.stop">
        <source>Stop the call</source>
        <translation>停止通话</translation>
    </message>
    <message id="call.money.charged">
        <source>Charged: {amount} for {duration}. Of the reserve, {rest} came back to your balance. Reference: {transfer}.</source>
        <extracomment>{duration}: minutes and seconds that are paid. {amount}, {rest}: money. {transfer}: T-12.</extracomment>
        <translation>已扣费：{amount}（{duration}）。预留金额中的 {rest} 已退回您的余额。编号：{transfer}。</translation>
    </message>
    <message id="call.money.released">
        <source>Nothing was charged. The reserved {amount} came back to your balance. Reference: {transfer}.</source>
        <extracomment>{amount}: money. {transfer}: T-12.</extracomment>
        <translation>没有扣费。预留的 {amount} 已退回您的余额。编号：{transfer}。</translation>
    </message>
    <message id="call.money.nothing">
        <source>Nothing was charged.</source>
        <translation>没有扣费。</translation>
    </message>
    <message id="call.end.completed">
        <source>The call is over.</source>
        <translation>通话已结束。</translation>
    </message>
    <message id="call.end.voicemail">
        <source>A voicemail answered.</source>
        <translation>接听的是语音信箱。</translation>
    </message>
    <message id="call.end.machine">
        <source>An automatic phone menu answered.</source>
        <extracomment>An automatic menu, not a person.</extracomment>
        <translation>接听的是自动语音菜单。</translation>
    </message>
    <message id="call.end.silence">
        <source>The call ended because nobody spoke for a long time.</source>
        <translation>由于长时间无人说话，通话已结束。</translation>
    </message>
    <message id="call.end.longest">
        <source>The call reached the longest duration that was reserved for it.</source>
        <translation>通话已达到为其预留的最长时间。</translation>
    </message>
    <message id="call.end.stopped">
        <source>The call was stopped.</source>
        <translation>通话已被停止。</translation>
    </message>
    <message id="call.end.busy">
        <source>The line was busy.</source>
        <translation>对方忙线。</translation>
    </message>
    <message id="call.end.no_answer">
        <source>Nobody answered.</source>
        <translation>无人接听。</translation>
    </message>
    <message id="call.end.declined">
        <source>The call was declined.</source>
        <translation>对方拒接了电话。</translation>
    </message>
    <message id="call.end.blocked">
        <source>The phone network of the person called did not let the call through.</source>
        <extracomment>By the callee's network.</extracomment>
        <translation>被叫方的电话网络拦截了这个电话。</translation>
    </message>
    <message id="call.end.invalid">
        <source>This number does not exist or cannot be called.</source>
        <translation>该号码不存在或无法拨打。</translation>
    </message>
    <message id="call.end.unreachable">
        <source>The number could not be reached.</source>
        <translation>无法接通该号码。</translation>
    </message>
    <message id="call.end.scam">
        <source>The phone provider ended the call because of what was said in it.</source>
        <translation>由于通话内容，电话服务商终止了通话。</translation>
    </message>
    <message id="call.end.provider">
        <source>The call failed at the phone provider.</source>
        <extracomment>A fault at the phone provider; nothing is charged.</extracomment>
        <translation>电话服务商出现故障，通话失败。</translation>
    </message>
    <message id="call.end.not_placed">
        <source>The call could not be placed. Please try again later.</source>
        <translation>电话未能拨出，请稍后再试。</translation>
    </message>
    <message id="call.end.script">
        <source>The script could not be prepared for a call. Please save it again or choose another one.</source>
        <translation>该脚本未能准备好用于通话。请重新保存或选择其他脚本。</translation>
    </message>
    <message id="call.end.waited_too_long">
        <source>The call waited for a day and was not placed.</source>
        <translation>该电话等待了一天，未能拨出。</translation>
    </message>
    <message id="call.end.refused">
        <source>This call cannot be placed.</source>
        <translation>无法拨打这个电话。</translation>
    </message>
    <message id="call.end.summary">
        <source>&lt;b&gt;Summary&lt;/b&gt;
{summary}</source>
        <extracomment>{summary}: a few sentences by the provider's analysis.</extracomment>
        <translation>&lt;b&gt;摘要&lt;/b&gt;
{summary}</translation>
    </message>
    <message id="call.end.transcript">
        <source>&lt;b&gt;What was said&lt;/b&gt;
{transcript}</source>
        <extracomment>{transcript}: what was said, a line each.</extracomment>
        <translation>&lt;b&gt;通话内容&lt;/b&gt;
{transcript}</translation>
    </message>
    <message id="wallet.kind.hold">
        <source>Reserved for a call</source>
        <translation>为通话预留</translation>
    </message>
    <message id="wallet.kind.charge">
        <source>Rest after a call</source>
        <extracomment>What was reserved for the call and not used comes back.</extracomment>
        <translation>通话后剩余退回</translation>
    </message>
    <message id="wallet.kind.release">
        <source>Reservation given back</source>
        <translation>预留金额退回</translation>
    </message>
    <message id="wallet.kind.refund">
        <source>Refund</source>
        <translation>退款</translation>
    </message>
    <message id="call.money.plan">
        <source>Minutes of your plan: {duration}.</source>
        <extracomment>{duration}: minutes and seconds of the call that the plan paid for.</extracomment>
        <translation>使用套餐分钟数：{duration}。</translation>
    </message>
    <message id="call.plan_minutes">
        <source>Of these, the first {duration} min are minutes of your plan and cost nothing.</source>
        <extracomment>Below the price. {duration}: minutes and seconds, as 2:00.</extracomment>
        <translation>其中前 {duration} 分钟使用您的套餐分钟数，不另收费。</translation>
    </message>
    <message id="wallet.kind.plan">
        <source>Plan</source>
        <translation>套餐</translation>
    </message>
    <message id="menu.button.plan">
        <source>Plan</source>
        <translation>套餐</translation>
    </message>
    <message id="command.plan">
        <source>Your plan and its minutes</source>
        <translation>您的套餐和分钟数</translation>
    </message>
    <message id="plan.bought">
        <source>&lt;b&gt;{plan} is yours until {until}.&lt;/b&gt;
It has {minutes} minutes of calls to the United States and Canada.
Paid: {amount}. Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{plan}: Prime, Elite or Ultra. {minutes}: a number. {until}: the end of what was paid. {transfer}: T-12.</extracomment>
        <translation>&lt;b&gt;{plan} 套餐已开通，有效期至 {until}。&lt;/b&gt;
含 {minutes} 分钟拨打美国和加拿大的通话。
已支付：{amount}。编号：&lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="plan.credited">
        <source>For what was left of your plan before, {amount} came back to your wallet.</source>
        <extracomment>{amount}: money that came back for the plan of before.</extracomment>
        <translation>原套餐未使用的部分已退回 {amount} 到您的钱包。</translation>
    </message>
    <message id="plan.renewed">
        <source>&lt;b&gt;{plan} was renewed until {until}.&lt;/b&gt;
It has {minutes} minutes of calls to the United States and Canada.
Paid: {amount}. Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>As plan.bought, for a further period.</extracomment>
        <translation>&lt;b&gt;{plan} 套餐已续订，有效期至 {until}。&lt;/b&gt;
含 {minutes} 分钟拨打美国和加拿大的通话。
已支付：{amount}。编号：&lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="plan.notice.ends">
        <source>Your plan {plan} ends on {until}. After that you are on Free. To keep it, turn on renewal.</source>
        <extracomment>A day before the end, when the plan does not renew.</extracomment>
        <translation>您的 {plan} 套餐将于 {until} 到期，之后转为免费套餐。如需保留，请开启自动续订。</translation>
    </message>
    <message id="plan.notice.renews">
        <source>Your plan {plan} renews on {until} for {price}, from your wallet.</source>
        <extracomment>A day before the end, when the plan renews. {price}: what will be paid.</extracomment>
        <translation>您的 {plan} 套餐将于 {until} 自动续订，从钱包扣除 {price}。</translation>
    </message>
    <message id="plan.notice.short">
        <source>For that, {amount} is still missing in your wallet.</source>
        <extracomment>{amount}: what is missing in the wallet.</extracomment>
        <translation>为此您的钱包还差 {amount}。</translation>
    </message>
    <message id="plan.short">
        <source>&lt;b&gt;Your plan {plan} could not be renewed.&lt;/b&gt;
It costs {price}, and {amount} is missing in your wallet. We try again on {time}. Until then you have no plan minutes.</source>
        <extracomment>The renewal could not be paid. {time}: the next try.</extracomment>
        <translation>&lt;b&gt;您的 {plan} 套餐未能续订。&lt;/b&gt;
价格为 {price}，您的钱包还差 {amount}。我们将于 {time} 再次尝试。在此之前没有套餐分钟数。</translation>
    </message>
    <message id="plan.ended.unpaid">
        <source>Your plan {plan} has ended, because it could not be paid. You are on Free now; your balance and your scripts stay.</source>
        <extracomment>After the last try.</extracomment>
        <translation>由于未能付款，您的 {plan} 套餐已结束。您现在使用免费套餐，余额和脚本保持不变。</translation>
    </message>
    <message id="plan.ended.expired">
        <source>Your plan {plan} has ended. You are on Free now.</source>
        <extracomment>It was not to renew.</extracomment>
        <translation>您的 {plan} 套餐已到期。您现在使用免费套餐。</translation>
    </message>
    <message id="plan.ended.cancelled">
        <source>Your plan {plan} has ended, as you wished. You are on Free now.</source>
        <extracomment>The customer had cancelled it.</extracomment>
        <translation>您的 {plan} 套餐已按您的要求结束。您现在使用免费套餐。</translation>
    </message>
    <message id="plan.button.mine">
        <source>My plan</source>
        <translation>我的套餐</translation>
    </message>
    <message id="plan.button.offers">
        <source>See all plans</source>
        <translation>查看所有套餐</translation>
    </message>
    <message id="plan.button.renew_on">
        <source>Turn renewal on</source>
        <translation>开启自动续订</translation>
    </message>
    <message id="plan.button.renew_off">
        <source>Turn renewal off</source>
        <translation>关闭自动续订</translation>
    </message>
    <message id="plan.button.pay_now">
        <source>Pay now</source>
        <translation>立即支付</translation>
    </message>
    <message id="plan.button.cancel">
        <source>Cancel my plan</source>
        <translation>取消我的套餐</translation>
    </message>
    <message id="plan.mine.free">
        <source>&lt;b&gt;You are on Free.&lt;/b&gt;
Calls are paid from your wallet by the minute.</source>
        <extracomment>The customer has no paid plan.</extracomment>
        <translation>&lt;b&gt;您使用的是免费套餐。&lt;/b&gt;
通话按分钟从钱包扣费。</translation>
    </message>
    <message id="plan.mine.free_left">
        <source>Until {until} you have {left} min of free calls to the United States and Canada.</source>
        <extracomment>{left}: minutes and seconds, as 2:00.</extracomment>
        <translation>在 {until} 之前，您有 {left} 分钟拨打美国和加拿大的免费通话。</translation>
    </message>
    <message id="plan.mine.paid">
        <source>&lt;b&gt;Your plan: {plan}&lt;/b&gt;
Minutes left for the United States and Canada: {left} of {minutes}
Paid until {until}</source>
        <extracomment>{left}: minutes and seconds, as 96:30. {minutes}: a number.</extracomment>
        <translation>&lt;b&gt;您的套餐：{plan}&lt;/b&gt;
拨打美国和加拿大的剩余分钟数：{left}（共 {minutes}）
有效期至 {until}</translation>
    </message>
    <message id="plan.mine.renews">
        <source>It renews then for {price}, from your wallet.</source>
        <extracomment>{price}: what is paid then.</extracomment>
        <translation>届时自动续订，从钱包扣除 {price}。</translation>
    </message>
    <message id="plan.mine.renews_not">
        <source>Renewal is off: it ends then.</source>
        <translation>自动续订已关闭，届时到期。</translation>
    </message>
    <message id="plan.mine.cancelled">
        <source>You have cancelled it: it ends then.</source>
        <translation>您已取消，届时结束。</translation>
    </message>
    <message id="plan.mine.grace">
        <source>&lt;b&gt;Your plan {plan} waits for its payment.&lt;/b&gt;
We try again on {time}. Until then you have no plan minutes.</source>
        <extracomment>{time}: the next try to take the price from the wallet.</extracomment>
        <translation>&lt;b&gt;您的 {plan} 套餐正在等待付款。&lt;/b&gt;
我们将于 {time} 再次尝试。在此之前没有套餐分钟数。</translation>
    </message>
    <message id="plan.offers.title">
        <source>&lt;b&gt;Plans&lt;/b&gt;
Each has minutes of calls to the United States and Canada, and campaigns. Other calls are paid by the minute.</source>
        <translation>&lt;b&gt;套餐&lt;/b&gt;
每个套餐都含拨打美国和加拿大的通话分钟数以及群呼活动。其他通话按分钟计费。</translation>
    </message>
    <message id="plan.offer" numerus="yes">
        <source>&lt;b&gt;{plan}&lt;/b&gt;, %n days: {price}, {minutes} min</source>
        <extracomment>One line of the list. %n: days. {minutes}: a number.</extracomment>
        <translation>
            <numerusform>&lt;b&gt;{plan}&lt;/b&gt;，%n 天：{price}，{minutes} 分钟</numerusform>
        </translation>
    </message>
    <message id="plan.confirm">
        <source>{price} will be taken from your wallet now. Renewal is off until you turn it on. Do you want it?</source>
        <extracomment>Before a plan is bought. The offer stands above.</extracomment>
        <translation>现在将从您的钱包扣除 {price}。自动续订默认关闭，可随时开启。确定购买吗？</translation>
    </message>
    <message id="plan.confirm.change">
        <source>Your plan {plan} ends for it, and its minutes with it. For what is left of it, {credit} comes back to your wallet first.</source>
        <extracomment>{plan}: the plan that ends for it. {credit}: money.</extracomment>
        <translation>您现有的 {plan} 套餐及其分钟数将随之结束。未使用的部分会先退回 {credit} 到您的钱包。</translation>
    </message>
    <message id="plan.too_little">
        <source>Your wallet has {amount} too little for that. Please top up first.</source>
        <extracomment>{amount}: what is missing in the wallet.</extracomment>
        <translation>您的钱包余额还差 {amount}。请先充值。</translation>
    </message>
    <message id="plan.has_it">
        <source>You have this plan already.</source>
        <translation>您已经拥有这个套餐。</translation>
    </message>
    <message id="plan.cancel.ask">
        <source>Your plan stays until {until} and then ends. What was paid is not given back. Do you want to cancel it?</source>
        <extracomment>{until}: the end of what was paid.</extracomment>
        <translation>您的套餐将保留至 {until}，之后结束。已付款项不予退还。确定取消吗？</translation>
    </message>
    <message id="refund.reversed">
        <source>&lt;b&gt;We have taken back {amount}&lt;/b&gt; of the refund for call {call}, which was given by mistake.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was taken back. {call}: number of the call. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;已收回通话 {call} 退款中的 {amount}&lt;/b&gt;，该笔退款系误退。
新余额：{balance}
编号：&lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="refund.reversed.plan">
        <source>&lt;b&gt;We have taken back {amount}&lt;/b&gt; of the refund for your plan {plan}, which was given by mistake.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was taken back. {plan}: Prime, Elite or Ultra. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;已收回您的 {plan} 套餐退款中的 {amount}&lt;/b&gt;，该笔退款系误退。
新余额：{balance}
编号：&lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="adjustment.credit">
        <source>&lt;b&gt;We have added {amount} to your wallet.&lt;/b&gt;
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was added. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;已向您的钱包增加 {amount}。&lt;/b&gt;
新余额：{balance}
编号：&lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="adjustment.debit">
        <source>&lt;b&gt;We have corrected your balance: {amount} were taken from your wallet.&lt;/b&gt;
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;
If you have a question about it, write to support and name the reference.</source>
        <extracomment>{amount}: what was taken. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;我们已更正您的余额：从您的钱包中扣除了 {amount}。&lt;/b&gt;
新余额：{balance}
编号：&lt;code&gt;{transfer}&lt;/code&gt;
如有疑问，请联系客服并注明编号。</translation>
    </message>
    <message id="wallet.kind.goodwill">
        <source>Goodwill credit</source>
        <translation>补偿</translation>
    </message>
    <message id="wallet.kind.correction">
        <source>Correction</source>
        <translation>更正</translation>
    </message>
    <message id="wallet.kind.deposit_reversal">
        <source>Deposit taken back</source>
        <extracomment>A deposit that was credited is taken back: the payment did not reach us.</extracomment>
        <translation>收回充值</translation>
    </message>
    <message id="wallet.kind.reversal">
        <source>Refund taken back</source>
        <extracomment>A refund that was given by mistake is taken back.</extracomment>
        <translation>收回退款</translation>
    </message>
    <message id="payout.approved">
        <source>&lt;b&gt;Your payout of {amount} is agreed.&lt;/b&gt; The amount has left your wallet; it is sent after one day at the earliest, and we will tell you when it is.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what leaves the wallet. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;您的 {amount} 付款申请已批准。&lt;/b&gt;该金额已从您的钱包中扣除，最早一天后汇出，汇出后会通知您。
新余额：{balance}
编号：&lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="payout.paid">
        <source>&lt;b&gt;Your payout of {amount} has been sent.&lt;/b&gt;
Transaction: &lt;code&gt;{reference}&lt;/code&gt;</source>
        <extracomment>{amount}: what was sent. {reference}: the transaction that paid it.</extracomment>
        <translation>&lt;b&gt;您的 {amount} 付款已汇出。&lt;/b&gt;
交易：&lt;code&gt;{reference}&lt;/code&gt;</translation>
    </message>
    <message id="payout.returned">
        <source>&lt;b&gt;Your payout of {amount} could not be sent.&lt;/b&gt; The amount is back in your wallet.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what came back. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;您的 {amount} 付款未能汇出。&lt;/b&gt;该金额已退回您的钱包。
新余额：{balance}
编号：&lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="wallet.kind.payout">
        <source>Payout</source>
        <translation>付款</translation>
    </message>
    <message id="wallet.kind.payout_returned">
        <source>Payout returned</source>
        <translation>付款退回</translation>
    </message>
</context>
</TS>
