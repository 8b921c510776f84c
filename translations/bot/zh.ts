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
        <source>Your wallet is kept in US dollars (USD). You top it up with cryptocurrency, and the payment provider sets its value in dollars. Calls and plans are paid from the wallet. The balance cannot be paid out as cryptocurrency or cash. When something you paid for went wrong, the refund goes back to your wallet.</source>
        <extracomment>The wallet.</extracomment>
        <translation>您的钱包以美元 (USD) 计价。您使用加密货币充值，其美元价值由支付服务商确定。通话和套餐的费用从钱包中支付。余额不能以加密货币或现金形式提取。如果您付费的项目出现问题，退款会退回您的钱包。</translation>
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
</context>
</TS>
