<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="hi" sourcelanguage="en">
<context>
    <name></name>
    <message id="start.choose_language">
        <source>Please choose your language.</source>
        <extracomment>Shown first, above one button a language.</extracomment>
        <translation>कृपया अपनी भाषा चुनें।</translation>
    </message>
    <message id="start.terms">
        <source>&lt;b&gt;Welcome to Speechcad.&lt;/b&gt;

An AI voice makes phone calls for you, following a script that you give it. Before you start, please read the terms of use. You may accept them or leave.</source>
        <extracomment>The buttons below open the terms, accept them, or leave.</extracomment>
        <translation>&lt;b&gt;Speechcad में आपका स्वागत है।&lt;/b&gt;

एक AI आवाज़ आपकी दी हुई स्क्रिप्ट के अनुसार आपकी ओर से फ़ोन कॉल करती है। शुरू करने से पहले कृपया उपयोग की शर्तें पढ़ें। आप उन्हें स्वीकार कर सकते हैं या यहाँ से जा सकते हैं।</translation>
    </message>
    <message id="start.terms.button.open">
        <source>Read the terms</source>
        <translation>शर्तें पढ़ें</translation>
    </message>
    <message id="start.terms.button.accept">
        <source>Accept the terms</source>
        <translation>शर्तें स्वीकार करें</translation>
    </message>
    <message id="start.terms.button.leave">
        <source>Leave</source>
        <translation>यहाँ से जाएँ</translation>
    </message>
    <message id="start.terms.left">
        <source>You have not accepted the terms, so nothing was started. If you change your mind, send /start.</source>
        <extracomment>The customer did not accept the terms.</extracomment>
        <translation>आपने शर्तें स्वीकार नहीं कीं, इसलिए कुछ भी शुरू नहीं हुआ। अगर आपका मन बदले, तो /start भेजें।</translation>
    </message>
    <message id="terms.page.title">
        <source>Terms of use</source>
        <extracomment>Heading of the terms page.</extracomment>
        <translation>उपयोग की शर्तें</translation>
    </message>
    <message id="terms.page.version">
        <source>Version {version}</source>
        <extracomment>{version}: the version of the terms, as a date.</extracomment>
        <translation>संस्करण {version}</translation>
    </message>
    <message id="terms.page.1">
        <source>Speechcad makes phone calls for you. An AI voice speaks with the person you call, following a script that you write or choose. You order and pay for the calls in this Telegram bot.</source>
        <extracomment>What the service does.</extracomment>
        <translation>Speechcad आपके लिए फ़ोन कॉल करता है। जिस व्यक्ति को आप कॉल करवाते हैं, उससे एक AI आवाज़ बात करती है और आपकी लिखी या चुनी हुई स्क्रिप्ट का पालन करती है। कॉल का ऑर्डर और भुगतान आप इसी Telegram बॉट में करते हैं।</translation>
    </message>
    <message id="terms.page.2">
        <source>Every call says at its start, in the language of the person called, that an AI is speaking. This cannot be switched off, and a script may not ask the AI to deny it.</source>
        <extracomment>The AI tells that it is one.</extracomment>
        <translation>हर कॉल की शुरुआत में, कॉल पाने वाले की भाषा में, बताया जाता है कि AI बोल रहा है। इसे बंद नहीं किया जा सकता, और कोई स्क्रिप्ट AI से इससे इनकार करने को नहीं कह सकती।</translation>
    </message>
    <message id="terms.page.3">
        <source>Call only people whom you are allowed to call. Where the law asks for their consent to the call or to its recording, you must have it. You also keep to the rules on calling hours and do-not-call lists, in your country and in theirs. We may refuse or end a call that seems to break these rules.</source>
        <extracomment>Law and consent.</extracomment>
        <translation>केवल उन्हीं लोगों को कॉल करवाएँ जिन्हें कॉल करने की आपको अनुमति है। जहाँ क़ानून कॉल या उसकी रिकॉर्डिंग के लिए उनकी सहमति माँगता है, वहाँ वह सहमति आपके पास होनी चाहिए। आप अपने और उनके देश में कॉल के समय और ‘कॉल न करें’ सूचियों के नियमों का भी पालन करते हैं। जो कॉल इन नियमों को तोड़ती लगे, उसे हम मना कर सकते हैं या बीच में समाप्त कर सकते हैं।</translation>
    </message>
    <message id="terms.page.4">
        <source>Speechcad must not be used to deceive, threaten or harass anyone, to pose as another person or organisation, or to obtain passwords, codes or card details. We close an account that does so, and we may report it to the authorities.</source>
        <extracomment>No misuse.</extracomment>
        <translation>Speechcad का उपयोग किसी को धोखा देने, धमकाने या परेशान करने, किसी और व्यक्ति या संस्था होने का दिखावा करने, या पासवर्ड, कोड या कार्ड की जानकारी लेने के लिए नहीं किया जा सकता। ऐसा करने वाला खाता हम बंद कर देते हैं और अधिकारियों को इसकी सूचना दे सकते हैं।</translation>
    </message>
    <message id="terms.page.5">
        <source>Your wallet is kept in US dollars (USD). You top it up with cryptocurrency, and the payment provider sets its value in dollars. Calls and plans are paid from the wallet. You cannot withdraw the balance yourself as cryptocurrency or cash; we pay it out only where the law or a mistake of ours requires it. When something you paid for went wrong, the refund goes back to your wallet.</source>
        <extracomment>The wallet.</extracomment>
        <translation>आपका वॉलेट अमेरिकी डॉलर (USD) में रखा जाता है। आप उसमें क्रिप्टोकरेंसी से पैसे डालते हैं, और डॉलर में उसका मूल्य भुगतान सेवा तय करती है। कॉल और प्लान का भुगतान वॉलेट से होता है। आप शेष राशि को क्रिप्टोकरेंसी या नकद के रूप में खुद नहीं निकाल सकते; हम उसे तभी चुकाते हैं जब कानून या हमारी कोई गलती ऐसा ज़रूरी बनाए। अगर आपकी भुगतान की हुई किसी चीज़ में गड़बड़ी हो, तो रिफ़ंड आपके वॉलेट में आता है।</translation>
    </message>
    <message id="terms.page.6">
        <source>We keep your Telegram ID and name, your language, your scripts, your calls with the numbers called, and your payments. We need them to run the service, to keep correct accounts and to meet legal duties. Our telephone, AI and payment providers receive what they need for their part.</source>
        <extracomment>Data that is kept.</extracomment>
        <translation>हम आपकी Telegram आईडी और नाम, आपकी भाषा, आपकी स्क्रिप्ट, आपकी कॉल और उनके नंबर, और आपके भुगतान सुरक्षित रखते हैं। सेवा चलाने, हिसाब सही रखने और क़ानूनी दायित्व निभाने के लिए हमें इनकी ज़रूरत होती है। हमारी टेलीफ़ोन, AI और भुगतान सेवाओं को उनके काम के लिए ज़रूरी जानकारी मिलती है।</translation>
    </message>
    <message id="terms.page.7">
        <source>For a question or a complaint, write to the bot. When these terms change, the bot shows you the new version and asks whether you accept it.</source>
        <extracomment>Contact, and changes of the terms.</extracomment>
        <translation>किसी सवाल या शिकायत के लिए बॉट को लिखें। जब ये शर्तें बदलेंगी, तो बॉट आपको नया संस्करण दिखाएगा और पूछेगा कि क्या आप उसे स्वीकार करते हैं।</translation>
    </message>
    <message id="menu.title">
        <source>&lt;b&gt;Main menu&lt;/b&gt;
Balance: {balance}</source>
        <extracomment>{balance}: money that can be spent.</extracomment>
        <translation>&lt;b&gt;मुख्य मेनू&lt;/b&gt;
शेष राशि: {balance}</translation>
    </message>
    <message id="menu.button.wallet">
        <source>Wallet</source>
        <translation>वॉलेट</translation>
    </message>
    <message id="menu.button.language">
        <source>Language</source>
        <translation>भाषा</translation>
    </message>
    <message id="menu.button.help">
        <source>Help</source>
        <translation>सहायता</translation>
    </message>
    <message id="menu.tour.1">
        <source>&lt;b&gt;1 of 4: the menu&lt;/b&gt;
Everything starts from this menu. Its buttons change as you go; nothing is bought or sent until you confirm it.</source>
        <extracomment>First of four steps of the tour.</extracomment>
        <translation>&lt;b&gt;4 में से 1: मेनू&lt;/b&gt;
सब कुछ इसी मेनू से शुरू होता है। आगे बढ़ने पर इसके बटन बदलते हैं; आपकी पुष्टि के बिना न कुछ ख़रीदा जाता है, न भेजा जाता है।</translation>
    </message>
    <message id="menu.tour.2">
        <source>&lt;b&gt;2 of 4: the wallet&lt;/b&gt;
Your wallet is in US dollars. You top it up with cryptocurrency: choose an amount and a coin, and you get an address to pay to.</source>
        <translation>&lt;b&gt;4 में से 2: वॉलेट&lt;/b&gt;
आपका वॉलेट अमेरिकी डॉलर में है। आप उसमें क्रिप्टोकरेंसी से पैसे डालते हैं: राशि और कॉइन चुनें, और आपको भुगतान के लिए एक पता मिलेगा।</translation>
    </message>
    <message id="menu.tour.3">
        <source>&lt;b&gt;3 of 4: the language&lt;/b&gt;
You can change the language at any time, here or with /language.</source>
        <translation>&lt;b&gt;4 में से 3: भाषा&lt;/b&gt;
आप भाषा कभी भी बदल सकते हैं, यहाँ या /language से।</translation>
    </message>
    <message id="menu.tour.4">
        <source>&lt;b&gt;4 of 4: help&lt;/b&gt;
/help shows all commands. /cancel leaves whatever you have begun, and /start brings this menu back.</source>
        <translation>&lt;b&gt;4 में से 4: सहायता&lt;/b&gt;
/help सभी कमांड दिखाता है। /cancel आपके शुरू किए हुए काम को छोड़ देता है, और /start यह मेनू वापस लाता है।</translation>
    </message>
    <message id="menu.tour.button.next">
        <source>Show next</source>
        <translation>आगे देखें</translation>
    </message>
    <message id="menu.tour.button.skip">
        <source>Skip the tour</source>
        <translation>परिचय छोड़ें</translation>
    </message>
    <message id="menu.tour.button.done">
        <source>Open the menu</source>
        <extracomment>Ends the tour and shows the menu.</extracomment>
        <translation>मेनू खोलें</translation>
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
        <translation>&lt;b&gt;सहायता&lt;/b&gt;

/start: मुख्य मेनू
/wallet: शेष राशि और लेन-देन
/topup: वॉलेट में पैसे डालें
/language: भाषा बदलें
/help: यह सूची
/cancel: शुरू किया हुआ काम छोड़ें</translation>
    </message>
    <message id="help.button.channel">
        <source>Open the channel</source>
        <extracomment>Opens the Telegram channel with news.</extracomment>
        <translation>चैनल खोलें</translation>
    </message>
    <message id="help.button.terms">
        <source>Read the terms</source>
        <translation>शर्तें पढ़ें</translation>
    </message>
    <message id="button.back">
        <source>Back</source>
        <extracomment>One step back.</extracomment>
        <translation>वापस</translation>
    </message>
    <message id="button.cancel">
        <source>Cancel</source>
        <extracomment>Leaves what was begun.</extracomment>
        <translation>रद्द करें</translation>
    </message>
    <message id="button.old">
        <source>That button is from an older message. Here is the menu as it is now.</source>
        <extracomment>Shown with the menu when a button of an old message was tapped. Also shown as a short notice: at most 200 characters.</extracomment>
        <translation>वह बटन एक पुराने संदेश का है। यह रहा अभी का मेनू।</translation>
    </message>
    <message id="button.yes">
        <source>Yes, go on</source>
        <extracomment>Answer to message.stale: it is still wanted.</extracomment>
        <translation>हाँ, आगे बढ़ें</translation>
    </message>
    <message id="button.no">
        <source>No, leave it</source>
        <extracomment>Answer to message.stale: it is no longer wanted.</extracomment>
        <translation>नहीं, रहने दें</translation>
    </message>
    <message id="cancel.done">
        <source>Cancelled. Nothing was charged.</source>
        <translation>रद्द कर दिया गया। कोई राशि नहीं काटी गई।</translation>
    </message>
    <message id="unknown.message">
        <source>Sorry, I did not understand that. Please use the buttons, or send /start for the menu.</source>
        <extracomment>The bot could not make anything of what was written.</extracomment>
        <translation>क्षमा करें, यह समझ में नहीं आया। कृपया बटनों का उपयोग करें, या मेनू के लिए /start भेजें।</translation>
    </message>
    <message id="message.stale" numerus="yes">
        <source>You asked for that %n minutes ago. Do you still want it?</source>
        <extracomment>%n: how many minutes ago the customer asked. Buttons: yes, no.</extracomment>
        <translation>
            <numerusform>यह आपने %n मिनट पहले माँगा था। क्या आप इसे अब भी चाहते हैं?</numerusform>
            <numerusform>यह आपने %n मिनट पहले माँगा था। क्या आप इसे अब भी चाहते हैं?</numerusform>
        </translation>
    </message>
    <message id="error.try_again">
        <source>Sorry, something went wrong on our side. Nothing was charged. Please try again.</source>
        <translation>क्षमा करें, हमारी ओर से कोई गड़बड़ी हुई। कोई राशि नहीं काटी गई। कृपया फिर से कोशिश करें।</translation>
    </message>
    <message id="wallet.summary">
        <source>&lt;b&gt;Wallet&lt;/b&gt;
Available: &lt;b&gt;{available}&lt;/b&gt;
Reserved: {held}</source>
        <extracomment>{available}: money that can be spent. {held}: money set aside for calls that are running.</extracomment>
        <translation>&lt;b&gt;वॉलेट&lt;/b&gt;
उपलब्ध: &lt;b&gt;{available}&lt;/b&gt;
आरक्षित: {held}</translation>
    </message>
    <message id="wallet.button.topup">
        <source>Top up</source>
        <translation>पैसे डालें</translation>
    </message>
    <message id="wallet.button.history">
        <source>Show history</source>
        <translation>लेन-देन देखें</translation>
    </message>
    <message id="wallet.history.title">
        <source>&lt;b&gt;Latest transactions&lt;/b&gt;</source>
        <translation>&lt;b&gt;हाल के लेन-देन&lt;/b&gt;</translation>
    </message>
    <message id="wallet.history.empty">
        <source>There are no transactions yet.</source>
        <translation>अभी तक कोई लेन-देन नहीं है।</translation>
    </message>
    <message id="wallet.history.line">
        <source>{time} · {kind} · {amount}</source>
        <extracomment>{time}: when. {kind}: one of wallet.kind.*. {amount}: with a minus sign when money left the wallet.</extracomment>
        <translation>{time} · {kind} · {amount}</translation>
    </message>
    <message id="wallet.kind.deposit">
        <source>Top-up</source>
        <translation>जमा</translation>
    </message>
    <message id="wallet.kind.other">
        <source>Other</source>
        <translation>अन्य</translation>
    </message>
    <message id="topup.choose_amount">
        <source>How much would you like to add to your wallet? The minimum is {minimum}.</source>
        <extracomment>{minimum}: the smallest amount. Below: buttons with amounts.</extracomment>
        <translation>आप अपने वॉलेट में कितनी राशि डालना चाहेंगे? न्यूनतम राशि {minimum} है।</translation>
    </message>
    <message id="topup.button.own_amount">
        <source>Type another amount</source>
        <translation>दूसरी राशि लिखें</translation>
    </message>
    <message id="topup.ask_amount">
        <source>Please type the amount in US dollars, for example 35.</source>
        <extracomment>The customer answers with a number.</extracomment>
        <translation>कृपया राशि अमेरिकी डॉलर में लिखें, जैसे 35।</translation>
    </message>
    <message id="topup.bad_amount">
        <source>That amount cannot be used. Please type an amount from {minimum} to {maximum}, for example 35.</source>
        <extracomment>{minimum}, {maximum}: the smallest and the largest amount.</extracomment>
        <translation>यह राशि नहीं ली जा सकती। कृपया {minimum} से {maximum} तक की राशि लिखें, जैसे 35।</translation>
    </message>
    <message id="topup.choose_coin">
        <source>Which coin would you like to pay {amount} with? Please also mind its network.</source>
        <extracomment>{amount}: what will be credited. Below: a button a coin and network.</extracomment>
        <translation>आप {amount} का भुगतान किस कॉइन से करना चाहेंगे? कृपया उसके नेटवर्क पर भी ध्यान दें।</translation>
    </message>
    <message id="topup.creating">
        <source>One moment, please. We are getting a payment address for you…</source>
        <translation>कृपया एक क्षण रुकें। हम आपके लिए भुगतान का पता ला रहे हैं…</translation>
    </message>
    <message id="topup.unavailable">
        <source>Top-ups are not available just now. Nothing was charged. Please try again in a few minutes.</source>
        <translation>अभी वॉलेट में पैसे नहीं डाले जा सकते। कोई राशि नहीं काटी गई। कृपया कुछ मिनट बाद फिर से कोशिश करें।</translation>
    </message>
    <message id="topup.coin_unavailable">
        <source>This coin is not available just now. Please choose another one.</source>
        <translation>यह कॉइन अभी उपलब्ध नहीं है। कृपया कोई दूसरा चुनें।</translation>
    </message>
    <message id="topup.below_minimum">
        <source>With this coin the minimum is {minimum}. Please choose a larger amount or another coin.</source>
        <extracomment>{minimum}: the smallest amount for the coin that was chosen.</extracomment>
        <translation>इस कॉइन के लिए न्यूनतम राशि {minimum} है। कृपया बड़ी राशि या कोई दूसरा कॉइन चुनें।</translation>
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
            <numerusform>&lt;b&gt;वॉलेट में {amount} डालें&lt;/b&gt;

कृपया ठीक इतना भेजें
&lt;code&gt;{crypto_amount}&lt;/code&gt; {coin}
नेटवर्क &lt;b&gt;{network}&lt;/b&gt; पर, इस पते पर
&lt;code&gt;{address}&lt;/code&gt;

• ठीक यही राशि एक ही भुगतान में भेजें। आपके अपने वॉलेट या एक्सचेंज का शुल्क इसके ऊपर होगा।
• केवल यही कॉइन और केवल इसी नेटवर्क पर भेजें। और कुछ भेजने पर वह खो सकता है।
• इस पते का उपयोग केवल इसी भुगतान के लिए करें, बाद में कभी नहीं।

यह पता %n मिनट तक मान्य है।</numerusform>
            <numerusform>&lt;b&gt;वॉलेट में {amount} डालें&lt;/b&gt;

कृपया ठीक इतना भेजें
&lt;code&gt;{crypto_amount}&lt;/code&gt; {coin}
नेटवर्क &lt;b&gt;{network}&lt;/b&gt; पर, इस पते पर
&lt;code&gt;{address}&lt;/code&gt;

• ठीक यही राशि एक ही भुगतान में भेजें। आपके अपने वॉलेट या एक्सचेंज का शुल्क इसके ऊपर होगा।
• केवल यही कॉइन और केवल इसी नेटवर्क पर भेजें। और कुछ भेजने पर वह खो सकता है।
• इस पते का उपयोग केवल इसी भुगतान के लिए करें, बाद में कभी नहीं।

यह पता %n मिनट तक मान्य है।</numerusform>
        </translation>
    </message>
    <message id="topup.address.tag">
        <source>Destination tag (memo): &lt;code&gt;{tag}&lt;/code&gt;
Please give this tag with the payment. Without it the payment cannot be matched to you.</source>
        <extracomment>Added to the caption for coins that need it. {tag}: the destination tag.</extracomment>
        <translation>डेस्टिनेशन टैग (मेमो): &lt;code&gt;{tag}&lt;/code&gt;
कृपया भुगतान के साथ यह टैग ज़रूर दें। इसके बिना भुगतान को आपसे जोड़ा नहीं जा सकता।</translation>
    </message>
    <message id="topup.button.copy_address">
        <source>Copy the address</source>
        <translation>पता कॉपी करें</translation>
    </message>
    <message id="topup.status.waiting" numerus="yes">
        <source>Waiting for your payment: %n minutes left.</source>
        <extracomment>%n: minutes that are left.</extracomment>
        <translation>
            <numerusform>आपके भुगतान की प्रतीक्षा है: %n मिनट बाकी है।</numerusform>
            <numerusform>आपके भुगतान की प्रतीक्षा है: %n मिनट बाकी हैं।</numerusform>
        </translation>
    </message>
    <message id="topup.status.detected">
        <source>We have seen your payment. Now the network has to confirm it.</source>
        <translation>हमें आपका भुगतान दिख गया है। अब नेटवर्क को इसकी पुष्टि करनी है।</translation>
    </message>
    <message id="topup.status.confirming">
        <source>The network is confirming your payment. This may take a few minutes.</source>
        <translation>नेटवर्क आपके भुगतान की पुष्टि कर रहा है। इसमें कुछ मिनट लग सकते हैं।</translation>
    </message>
    <message id="topup.status.checking">
        <source>The payment is confirmed. We are checking it before we credit it.</source>
        <translation>भुगतान की पुष्टि हो गई है। जमा करने से पहले हम इसकी जाँच कर रहे हैं।</translation>
    </message>
    <message id="topup.status.expired">
        <source>The time for this payment is over. Please do not send anything to this address any more. If you have sent it already, it will still be found.</source>
        <translation>इस भुगतान का समय समाप्त हो गया है। कृपया अब इस पते पर कुछ न भेजें। अगर आप पहले ही भेज चुके हैं, तो वह फिर भी मिल जाएगा।</translation>
    </message>
    <message id="topup.credited">
        <source>&lt;b&gt;{amount} credited to your wallet.&lt;/b&gt;
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was credited. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;आपके वॉलेट में {amount} जमा हो गए।&lt;/b&gt;
नई शेष राशि: {balance}
संदर्भ: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="refund.not_given">
        <source>We have looked at your report about call {call} and closed it. There is no refund for it, or no further one.</source>
        <translation>हमने कॉल {call} के बारे में आपकी शिकायत देखी और उसे बंद कर दिया है। इसके लिए कोई रिफ़ंड नहीं है, या कोई और रिफ़ंड नहीं है।</translation>
    </message>
    <message id="refund.done">
        <source>&lt;b&gt;We have given {amount} back to your wallet&lt;/b&gt; for call {call}.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was given back. {call}: number of the call. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;हमने कॉल {call} के लिए {amount} आपके वॉलेट में लौटा दिए हैं।&lt;/b&gt;
नई शेष राशि: {balance}
संदर्भ: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="refund.done.plan">
        <source>&lt;b&gt;We have given {amount} back to your wallet&lt;/b&gt; for your plan {plan}.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was given back. {plan}: Prime, Elite or Ultra. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;हमने आपके प्लान {plan} के लिए {amount} आपके वॉलेट में लौटा दिए हैं।&lt;/b&gt;
नई शेष राशि: {balance}
संदर्भ: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="topup.underpaid">
        <source>Your payment has arrived, but it is too small: {received} {coin} instead of {expected} {coin}, short by {short} {coin}. Nothing has been credited yet. Please do not send the rest to this address. We are looking at it and will write to you here.</source>
        <extracomment>A person will look at it. {received}, {expected}, {short}: amounts of the coin. {coin}: its name.</extracomment>
        <translation>आपका भुगतान आ गया है, लेकिन कम है: {expected} {coin} की जगह {received} {coin}, यानी {short} {coin} कम। अभी कुछ भी जमा नहीं किया गया है। कृपया बाकी राशि इस पते पर न भेजें। हम इसे देख रहे हैं और आपको यहीं लिखेंगे।</translation>
    </message>
    <message id="topup.underpaid_credited">
        <source>Your payment was smaller than asked: {received} {coin} instead of {expected} {coin}. &lt;b&gt;We have credited {amount}&lt;/b&gt;, the part that arrived.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>Less was paid than was asked; the part was credited. {amount}: what was credited. {transfer}: short number of the transaction.</extracomment>
        <translation>आपका भुगतान माँगी गई राशि से कम था: {expected} {coin} की जगह {received} {coin}। जितना हिस्सा आया, उसके &lt;b&gt;{amount} हमने जमा कर दिए हैं&lt;/b&gt;।
नई शेष राशि: {balance}
संदर्भ: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="topup.overpaid">
        <source>You sent more than was asked. &lt;b&gt;We have credited {amount}.&lt;/b&gt; The rest, {excess}, is not lost: we are looking at it and will write to you here.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was credited. {excess}: what was sent above it.</extracomment>
        <translation>आपने माँगी गई राशि से अधिक भेजा है। &lt;b&gt;हमने {amount} जमा कर दिए हैं।&lt;/b&gt; बाकी {excess} सुरक्षित है: हम इसे देख रहे हैं और आपको यहीं लिखेंगे।
नई शेष राशि: {balance}
संदर्भ: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="topup.late">
        <source>Your payment arrived after its time was over. It is not lost. Nothing has been credited yet: we are looking at it and will write to you here.</source>
        <translation>आपका भुगतान समय समाप्त होने के बाद आया। वह सुरक्षित है। अभी कुछ भी जमा नहीं किया गया है: हम इसे देख रहे हैं और आपको यहीं लिखेंगे।</translation>
    </message>
    <message id="topup.review">
        <source>We have received a payment that does not match what was asked. Nothing has been credited yet: we are looking at it and will write to you here.</source>
        <translation>हमें एक ऐसा भुगतान मिला है जो माँगे गए भुगतान से मेल नहीं खाता। अभी कुछ भी जमा नहीं किया गया है: हम इसे देख रहे हैं और आपको यहीं लिखेंगे।</translation>
    </message>
    <message id="topup.excess_credited">
        <source>&lt;b&gt;The {amount} you had sent beyond what was asked are now in your wallet.&lt;/b&gt;
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was credited. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;माँगी गई राशि से ऊपर भेजे गए {amount} अब आपके वॉलेट में हैं।&lt;/b&gt;
नई शेष राशि: {balance}
संदर्भ: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="topup.refused">
        <source>We have looked at your payment and could not credit it. If you think that is a mistake, please write to us here with the transaction’s hash.</source>
        <extracomment>After a person has decided about a payment that was not as asked.</extracomment>
        <translation>हमने आपका भुगतान जाँचा और उसे जमा नहीं कर सके। अगर आपको लगता है कि यह गलती है, तो कृपया ट्रांज़ैक्शन का हैश लिखकर हमें यहीं बताएँ।</translation>
    </message>
    <message id="topup.reversed">
        <source>&lt;b&gt;We have taken back {amount}&lt;/b&gt; of a deposit: the payment did not reach us in the end.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;
If you think that is a mistake, please write to us here and name the reference.</source>
        <extracomment>A deposit that was credited is taken back. {amount}: how much. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;हमने एक जमा राशि में से {amount} वापस ले लिए हैं&lt;/b&gt;, क्योंकि वह भुगतान आख़िरकार हम तक नहीं पहुँचा।
नई शेष राशि: {balance}
संदर्भ: &lt;code&gt;{transfer}&lt;/code&gt;
अगर आपको लगता है कि यह गलती है, तो कृपया संदर्भ संख्या लिखकर हमें यहीं बताएँ।</translation>
    </message>
    <message id="topup.reversed_owed">
        <source>&lt;b&gt;We have taken back {amount}&lt;/b&gt; of a deposit: the payment did not reach us in the end. Part of it was spent already, so you owe {debt}; your next top-up pays that first.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;
If you think that is a mistake, please write to us here and name the reference.</source>
        <extracomment>A deposit that was credited is taken back, and the wallet had no more that much. {amount}: how much. {debt}: what the customer owes now. {balance}: the new balance.</extracomment>
        <translation>&lt;b&gt;हमने एक जमा राशि में से {amount} वापस ले लिए हैं&lt;/b&gt;, क्योंकि वह भुगतान आख़िरकार हम तक नहीं पहुँचा। उसका एक हिस्सा पहले ही ख़र्च हो चुका था, इसलिए आप पर {debt} बकाया हैं; आपका अगला टॉप-अप पहले इसे चुकाएगा।
नई शेष राशि: {balance}
संदर्भ: &lt;code&gt;{transfer}&lt;/code&gt;
अगर आपको लगता है कि यह गलती है, तो कृपया संदर्भ संख्या लिखकर हमें यहीं बताएँ।</translation>
    </message>
    <message id="topup.paused">
        <source>Top-ups are paused for a short while. Your balance is safe and your calls go on as usual. Please try again later.</source>
        <extracomment>Instead of the amounts, while staff have paused deposits in all coins.</extracomment>
        <translation>टॉप-अप थोड़ी देर के लिए रुके हुए हैं। आपकी शेष राशि सुरक्षित है और आपकी कॉल पहले की तरह चलती रहेंगी। कृपया बाद में फिर कोशिश करें।</translation>
    </message>
    <message id="topup.coin_paused">
        <source>We are not taking {coin} just now. Please choose another coin, or come back a little later.</source>
        <extracomment>{coin}: the coin and its network, while staff have paused it.</extracomment>
        <translation>हम अभी {coin} नहीं ले रहे हैं। कृपया कोई दूसरा कॉइन चुनें या थोड़ी देर बाद फिर आएँ।</translation>
    </message>
    <message id="topup.provider_problem">
        <source>Your payment was received, but it is delayed at the payment provider. Your balance has not changed yet. You do not need to do anything: we will write to you here.</source>
        <translation>आपका भुगतान मिल गया है, लेकिन भुगतान सेवा के यहाँ देरी हो रही है। आपकी शेष राशि अभी नहीं बदली है। आपको कुछ करने की ज़रूरत नहीं है: हम आपको यहीं लिखेंगे।</translation>
    </message>
    <message id="command.start">
        <source>Open the main menu</source>
        <extracomment>Description in Telegram&apos;s command list.</extracomment>
        <translation>मुख्य मेनू खोलें</translation>
    </message>
    <message id="command.wallet">
        <source>Show balance and history</source>
        <translation>शेष राशि और लेन-देन देखें</translation>
    </message>
    <message id="command.topup">
        <source>Add money to the wallet</source>
        <translation>वॉलेट में पैसे डालें</translation>
    </message>
    <message id="command.language">
        <source>Change the language</source>
        <translation>भाषा बदलें</translation>
    </message>
    <message id="command.help">
        <source>Show all commands</source>
        <translation>सभी कमांड देखें</translation>
    </message>
    <message id="command.cancel">
        <source>Leave what you have begun</source>
        <translation>शुरू किया हुआ काम छोड़ें</translation>
    </message>
    <message id="guard.number.good">
        <source>The number is complete and valid.</source>
        <translation>नंबर पूरा और मान्य है।</translation>
    </message>
    <message id="guard.number.unreadable">
        <source>This is not a complete phone number. Please write it with the plus sign and the country code.</source>
        <translation>यह पूरा फ़ोन नंबर नहीं है। कृपया इसे धन चिह्न और देश कोड के साथ लिखें।</translation>
    </message>
    <message id="guard.number.invalid">
        <source>As far as we can tell, this phone number does not exist. Please check it.</source>
        <translation>जहाँ तक हमें पता है, यह फ़ोन नंबर मौजूद नहीं है। कृपया इसे जाँच लें।</translation>
    </message>
    <message id="guard.number.not_judged">
        <source>Not checked, because the number is not valid.</source>
        <extracomment>Stands in the list of checks for one that needs a valid number.</extracomment>
        <translation>जाँचा नहीं गया, क्योंकि नंबर मान्य नहीं है।</translation>
    </message>
    <message id="guard.line.good">
        <source>It is a line that may be called.</source>
        <translation>इस प्रकार की लाइन पर कॉल की जा सकती है।</translation>
    </message>
    <message id="guard.line.emergency">
        <source>This is an emergency number. Speechcad never calls those.</source>
        <translation>यह आपातकालीन नंबर है। Speechcad ऐसे नंबरों पर कभी कॉल नहीं करता।</translation>
    </message>
    <message id="guard.line.short">
        <source>This is a short number for a service. Only complete phone numbers can be called.</source>
        <translation>यह किसी सेवा का छोटा नंबर है। केवल पूरे फ़ोन नंबरों पर कॉल की जा सकती है।</translation>
    </message>
    <message id="guard.line.premium">
        <source>Calls to this number cost more than usual calls. Such numbers cannot be called.</source>
        <extracomment>Premium-rate and shared-cost numbers.</extracomment>
        <translation>इस नंबर पर कॉल सामान्य से महँगी होती है। ऐसे नंबरों पर कॉल नहीं की जा सकती।</translation>
    </message>
    <message id="guard.line.special">
        <source>This number does not lead to an ordinary line, but to a pager, a mailbox or a forwarding service. Such numbers cannot be called.</source>
        <extracomment>Personal numbers, pagers, universal access numbers, voicemail.</extracomment>
        <translation>यह नंबर किसी सामान्य लाइन का नहीं है, बल्कि पेजर, वॉइसमेल या कॉल आगे भेजने वाली सेवा का है। ऐसे नंबरों पर कॉल नहीं की जा सकती।</translation>
    </message>
    <message id="guard.line.satellite">
        <source>This is a satellite number. Such numbers cannot be called.</source>
        <translation>यह उपग्रह फ़ोन का नंबर है। ऐसे नंबरों पर कॉल नहीं की जा सकती।</translation>
    </message>
    <message id="guard.region.good">
        <source>We place calls to this country or region.</source>
        <translation>हम इस देश या क्षेत्र में कॉल करते हैं।</translation>
    </message>
    <message id="guard.region.closed">
        <source>We do not place calls to this country or region yet.</source>
        <translation>हम अभी इस देश या क्षेत्र में कॉल नहीं करते।</translation>
    </message>
    <message id="guard.hours.good">
        <source>People may be called there at this hour.</source>
        <translation>इस समय वहाँ लोगों को कॉल की जा सकती है।</translation>
    </message>
    <message id="guard.hours.quiet">
        <source>People there should not be disturbed at this hour. The call can be placed from {time} on.</source>
        <extracomment>{time}: date and time.</extracomment>
        <translation>इस समय वहाँ के लोगों को परेशान नहीं करना चाहिए। कॉल {time} से की जा सकती है।</translation>
    </message>
    <message id="guard.hours.never">
        <source>This number may be in places so far apart that there is no hour at which all of them may be called.</source>
        <translation>यह नंबर इतनी दूर-दूर की जगहों का हो सकता है कि ऐसा कोई समय नहीं है जब उन सब में कॉल की जा सके।</translation>
    </message>
    <message id="guard.hours.unknown">
        <source>We cannot tell what time it is where this number is, so it cannot be called.</source>
        <translation>हम नहीं जान सकते कि इस नंबर की जगह पर अभी क्या समय है, इसलिए इस पर कॉल नहीं की जा सकती।</translation>
    </message>
    <message id="guard.do_not_call.good">
        <source>The number is on no do-not-call list.</source>
        <translation>यह नंबर किसी भी कॉल न करने की सूची में नहीं है।</translation>
    </message>
    <message id="guard.do_not_call.listed">
        <source>This number must not be called: it is on our do-not-call list.</source>
        <extracomment>The person called may have asked for it, or staff may have listed it.</extracomment>
        <translation>इस नंबर पर कॉल नहीं की जा सकती: यह हमारी कॉल न करने की सूची में है।</translation>
    </message>
    <message id="guard.do_not_call.customer">
        <source>This number must not be called from your account.</source>
        <extracomment>Only this customer must not call the number.</extracomment>
        <translation>इस नंबर पर आपके खाते से कॉल नहीं की जा सकती।</translation>
    </message>
    <message id="guard.tier.good">
        <source>Your account may place this call.</source>
        <translation>आपके खाते से यह कॉल की जा सकती है।</translation>
    </message>
    <message id="guard.tier.destinations">
        <source>Your account has reached its limit of numbers called for the first time in one day ({limit}). You can still call numbers that you have called before.</source>
        <extracomment>{limit}: a number. A day is the last 24 hours.</extracomment>
        <translation>आपके खाते ने एक दिन में पहली बार कॉल किए जाने वाले नंबरों की सीमा ({limit}) पूरी कर ली है। जिन नंबरों पर आप पहले कॉल कर चुके हैं, उन पर अब भी कॉल कर सकते हैं।</translation>
    </message>
    <message id="guard.tier.no_campaigns">
        <source>Your account cannot run campaigns yet.</source>
        <translation>आपका खाता अभी अभियान नहीं चला सकता।</translation>
    </message>
    <message id="guard.tier.recipients">
        <source>A campaign of your account may have at most {limit} recipients.</source>
        <extracomment>{limit}: a number, always more than one.</extracomment>
        <translation>आपके खाते के अभियान में अधिकतम {limit} प्राप्तकर्ता हो सकते हैं।</translation>
    </message>
    <message id="guard.tier.contacts">
        <source>A campaign of your account may call only your own contacts.</source>
        <translation>आपके खाते का अभियान केवल आपके अपने संपर्कों को कॉल कर सकता है।</translation>
    </message>
    <message id="guard.tier.proof">
        <source>This campaign needs a file that proves that the people called have agreed.</source>
        <translation>इस अभियान के लिए एक फ़ाइल चाहिए जो साबित करे कि जिन लोगों को कॉल की जाएगी वे सहमत हैं।</translation>
    </message>
    <message id="guard.tier.review">
        <source>Our staff look at your first campaign before it starts. We will write to you here.</source>
        <translation>आपका पहला अभियान शुरू होने से पहले हमारे कर्मचारी उसे देखते हैं। हम आपको यहाँ लिखेंगे।</translation>
    </message>
    <message id="guard.pace.good">
        <source>There have not been too many calls.</source>
        <translation>बहुत अधिक कॉल नहीं हुई हैं।</translation>
    </message>
    <message id="guard.pace.hour">
        <source>Your account has reached its limit of calls in one hour ({limit}). Please try again later.</source>
        <extracomment>{limit}: a number.</extracomment>
        <translation>आपके खाते ने एक घंटे में कॉल की सीमा ({limit}) पूरी कर ली है। कृपया बाद में फिर कोशिश करें।</translation>
    </message>
    <message id="guard.pace.day">
        <source>Your account has reached its limit of calls in one day ({limit}). Please try again tomorrow.</source>
        <extracomment>{limit}: a number. A day is the last 24 hours.</extracomment>
        <translation>आपके खाते ने एक दिन में कॉल की सीमा ({limit}) पूरी कर ली है। कृपया कल फिर कोशिश करें।</translation>
    </message>
    <message id="guard.pace.destination">
        <source>This number has been called often enough for one day. Please try again tomorrow.</source>
        <extracomment>By all customers together; do not say by whom.</extracomment>
        <translation>इस नंबर पर एक दिन के लिए काफ़ी कॉल हो चुकी हैं। कृपया कल फिर कोशिश करें।</translation>
    </message>
    <message id="guard.lines.good">
        <source>A line is free for this call.</source>
        <translation>इस कॉल के लिए एक लाइन खाली है।</translation>
    </message>
    <message id="guard.lines.yours">
        <source>Your account has as many calls running as it may have at once. This call starts when one of them has ended.</source>
        <translation>आपके खाते में एक साथ जितनी कॉल चल सकती हैं, उतनी चल रही हैं। उनमें से एक के समाप्त होने पर यह कॉल शुरू होगी।</translation>
    </message>
    <message id="guard.lines.busy">
        <source>All our lines are busy. This call starts as soon as one is free.</source>
        <translation>हमारी सभी लाइनें व्यस्त हैं। एक के खाली होते ही यह कॉल शुरू होगी।</translation>
    </message>
    <message id="guard.money.good">
        <source>Your balance is enough. For this call, {hold} is reserved; what is not used comes back.</source>
        <extracomment>{hold}: money.</extracomment>
        <translation>आपकी शेष राशि पर्याप्त है। इस कॉल के लिए {hold} सुरक्षित रखा जाता है; जो खर्च नहीं होता, वह वापस आ जाता है।</translation>
    </message>
    <message id="guard.money.plan">
        <source>This call is paid by the minutes of your plan.</source>
        <translation>इस कॉल का भुगतान आपके प्लान के मिनटों से होता है।</translation>
    </message>
    <message id="guard.money.short">
        <source>Your balance is too low even for a short call. Please top up at least {amount}.</source>
        <extracomment>{amount}: money.</extracomment>
        <translation>आपकी शेष राशि एक छोटी कॉल के लिए भी कम है। कृपया कम से कम {amount} डालें।</translation>
    </message>
    <message id="guard.disclosure.good">
        <source>The call begins by saying that an AI is speaking, and how to object.</source>
        <translation>कॉल की शुरुआत में बताया जाता है कि एक AI बोल रहा है और आपत्ति कैसे करें।</translation>
    </message>
    <message id="guard.disclosure.language">
        <source>Every call must say at its start that an AI is speaking. We cannot say it in the language of this call yet, so it cannot be placed.</source>
        <translation>हर कॉल की शुरुआत में बताना ज़रूरी है कि एक AI बोल रहा है। हम अभी इस कॉल की भाषा में यह नहीं कह सकते, इसलिए यह कॉल नहीं की जा सकती।</translation>
    </message>
    <message id="guard.disclosure.missing">
        <source>Every call must say at its start that an AI is speaking, and this one does not. Please save the script again.</source>
        <translation>हर कॉल की शुरुआत में बताना ज़रूरी है कि एक AI बोल रहा है, और इस कॉल में ऐसा नहीं है। कृपया स्क्रिप्ट फिर से सहेजें।</translation>
    </message>
    <message id="guard.disclosure.sentence">
        <source>Hello, this is an automated call by an AI voice on behalf of {name}. To get no more such calls, say “stop calling” at any time.</source>
        <extracomment>Spoken first in every call, to the person called. {name}: who asked for the call.</extracomment>
        <translation>नमस्ते, यह {name} की ओर से एक AI आवाज़ द्वारा की गई स्वचालित कॉल है। ऐसी और कॉल न पाने के लिए कभी भी “कॉल बंद करें” कहें।</translation>
    </message>
    <message id="guard.disclosure.recorded">
        <source>This call is recorded.</source>
        <extracomment>Spoken to the person called, right after guard.disclosure.sentence, in a call that is recorded.</extracomment>
        <translation>यह कॉल रिकॉर्ड की जा रही है।</translation>
    </message>
    <message id="guard.caller_id.good">
        <source>The call shows one of our numbers.</source>
        <translation>कॉल में हमारा एक नंबर दिखता है।</translation>
    </message>
    <message id="guard.caller_id.foreign">
        <source>The call would show a number that is not ours, so it cannot be placed.</source>
        <translation>कॉल में ऐसा नंबर दिखता जो हमारा नहीं है, इसलिए यह कॉल नहीं की जा सकती।</translation>
    </message>
    <message id="guard.stop.good">
        <source>Calls are being placed.</source>
        <translation>कॉल की जा रही हैं।</translation>
    </message>
    <message id="guard.stop.stopped">
        <source>All calls are stopped for the moment. Nothing was charged. Please try again later.</source>
        <translation>अभी सभी कॉल रोक दी गई हैं। कोई शुल्क नहीं लिया गया। कृपया बाद में फिर कोशिश करें।</translation>
    </message>
    <message id="menu.button.call">
        <source>Make a call</source>
        <translation>कॉल करें</translation>
    </message>
    <message id="menu.button.scripts">
        <source>Scripts</source>
        <translation>स्क्रिप्ट</translation>
    </message>
    <message id="menu.button.history">
        <source>Past calls</source>
        <translation>पिछली कॉल</translation>
    </message>
    <message id="command.call">
        <source>Make a call</source>
        <translation>कॉल करें</translation>
    </message>
    <message id="command.scripts">
        <source>Your scripts</source>
        <translation>आपकी स्क्रिप्ट</translation>
    </message>
    <message id="command.history">
        <source>Your past calls</source>
        <translation>आपकी पिछली कॉल</translation>
    </message>
    <message id="command.stop">
        <source>Stop the call that is running</source>
        <translation>चल रही कॉल रोकें</translation>
    </message>
    <message id="script.list.title">
        <source>&lt;b&gt;Your scripts&lt;/b&gt;
Choose one to read, change or use it, or write a new one.</source>
        <translation>&lt;b&gt;आपकी स्क्रिप्ट&lt;/b&gt;
पढ़ने, बदलने या उपयोग करने के लिए कोई एक चुनें, या नई लिखें।</translation>
    </message>
    <message id="script.list.empty">
        <source>&lt;b&gt;Your scripts&lt;/b&gt;
A script tells the AI voice what to say. You have none yet: start from a template, or write one in your own words.</source>
        <translation>&lt;b&gt;आपकी स्क्रिप्ट&lt;/b&gt;
स्क्रिप्ट AI आवाज़ को बताती है कि क्या कहना है। अभी आपके पास कोई नहीं है: किसी नमूने से शुरू करें, या अपने शब्दों में लिखें।</translation>
    </message>
    <message id="script.title">
        <source>&lt;b&gt;{name}&lt;/b&gt; (version {version})</source>
        <extracomment>{version}: 1, 2, 3, ...: each change makes a new one.</extracomment>
        <translation>&lt;b&gt;{name}&lt;/b&gt; (संस्करण {version})</translation>
    </message>
    <message id="script.draft">
        <source>&lt;b&gt;{name}&lt;/b&gt;
This is your script. Save it, or change what is not right yet.</source>
        <translation>&lt;b&gt;{name}&lt;/b&gt;
यह आपकी स्क्रिप्ट है। इसे सहेजें, या जो ठीक नहीं है उसे बदलें।</translation>
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
        <translation>नाम</translation>
    </message>
    <message id="script.button.field.purpose">
        <source>Purpose</source>
        <translation>उद्देश्य</translation>
    </message>
    <message id="script.button.field.language">
        <source>Language</source>
        <translation>भाषा</translation>
    </message>
    <message id="script.button.field.voice">
        <source>Voice</source>
        <translation>आवाज़</translation>
    </message>
    <message id="script.button.field.opening">
        <source>First words</source>
        <translation>पहले शब्द</translation>
    </message>
    <message id="script.button.field.goal">
        <source>Goal</source>
        <translation>लक्ष्य</translation>
    </message>
    <message id="script.button.field.facts">
        <source>Facts</source>
        <translation>तथ्य</translation>
    </message>
    <message id="script.button.field.questions">
        <source>Questions</source>
        <translation>प्रश्न</translation>
    </message>
    <message id="script.button.field.stop_when">
        <source>When to stop</source>
        <translation>कब रुकना है</translation>
    </message>
    <message id="script.ask.name">
        <source>What is the script to be called? Only you see this name.</source>
        <translation>स्क्रिप्ट का नाम क्या हो? यह नाम केवल आप देखते हैं।</translation>
    </message>
    <message id="script.ask.purpose">
        <source>Why is the call made? One sentence, for example: to confirm an appointment.</source>
        <translation>कॉल क्यों की जा रही है? एक वाक्य में लिखें, जैसे: अपॉइंटमेंट की पुष्टि के लिए।</translation>
    </message>
    <message id="script.ask.language">
        <source>In which language is the person called?</source>
        <translation>जिसे कॉल की जाएगी उससे किस भाषा में बात हो?</translation>
    </message>
    <message id="script.ask.voice">
        <source>Which voice speaks?</source>
        <translation>कौन सी आवाज़ बोले?</translation>
    </message>
    <message id="script.ask.opening">
        <source>What does the voice say first? Before it, each call says that an AI is calling for you; that cannot be changed.</source>
        <translation>आवाज़ सबसे पहले क्या कहे? इससे पहले हर कॉल बताती है कि आपकी ओर से एक AI कॉल कर रहा है; यह बदला नहीं जा सकता।</translation>
    </message>
    <message id="script.ask.goal">
        <source>What is to be reached in the call? Say it as you would to an assistant.</source>
        <translation>कॉल में क्या हासिल करना है? वैसे बताएँ जैसे किसी सहायक को बताते।</translation>
    </message>
    <message id="script.ask.facts">
        <source>Which facts may the voice tell? For example dates, places and names. Never passwords, codes or card numbers.</source>
        <translation>आवाज़ कौन से तथ्य बता सकती है? जैसे तारीख, जगह और नाम। पासवर्ड, कोड या कार्ड नंबर कभी नहीं।</translation>
    </message>
    <message id="script.ask.questions">
        <source>What is to be found out? One question a line, at most {maximum}. You may put a short name and a colon before each: the answer is shown under it.</source>
        <extracomment>{maximum}: a number.</extracomment>
        <translation>क्या पता करना है? हर पंक्ति में एक प्रश्न, अधिक से अधिक {maximum}। हर प्रश्न से पहले छोटा नाम और कोलन लिख सकते हैं: उत्तर उसी नाम से दिखेगा।</translation>
    </message>
    <message id="script.ask.stop_when">
        <source>When is the voice to end the call? It always ends when the person wants no call.</source>
        <translation>आवाज़ कॉल कब समाप्त करे? यदि व्यक्ति कॉल नहीं चाहता, तो वह हमेशा समाप्त होती है।</translation>
    </message>
    <message id="script.bad.text">
        <source>That does not fit here. Please write at least a word and at most {maximum} characters.</source>
        <extracomment>{maximum}: a number, at least 60.</extracomment>
        <translation>यह यहाँ ठीक नहीं है। कृपया कम से कम एक शब्द और अधिक से अधिक {maximum} अक्षर लिखें।</translation>
    </message>
    <message id="script.bad.questions">
        <source>Please write at most {maximum} questions, one a line, and each not longer than a sentence or two.</source>
        <translation>कृपया अधिक से अधिक {maximum} प्रश्न लिखें, हर पंक्ति में एक, और हर प्रश्न एक-दो वाक्य से लंबा न हो।</translation>
    </message>
    <message id="script.button.from_template">
        <source>From a template</source>
        <translation>नमूने से</translation>
    </message>
    <message id="script.button.own_words">
        <source>In my own words</source>
        <translation>अपने शब्दों में</translation>
    </message>
    <message id="script.button.empty">
        <source>Leave it empty</source>
        <translation>खाली छोड़ें</translation>
    </message>
    <message id="script.button.save">
        <source>Save the script</source>
        <translation>स्क्रिप्ट सहेजें</translation>
    </message>
    <message id="script.button.call">
        <source>Make a call with it</source>
        <translation>इससे कॉल करें</translation>
    </message>
    <message id="script.button.show">
        <source>Show the script</source>
        <translation>स्क्रिप्ट दिखाएँ</translation>
    </message>
    <message id="script.button.edit">
        <source>Change</source>
        <translation>बदलें</translation>
    </message>
    <message id="script.button.delete">
        <source>Delete</source>
        <translation>हटाएँ</translation>
    </message>
    <message id="script.button.retry">
        <source>Try again</source>
        <translation>फिर कोशिश करें</translation>
    </message>
    <message id="script.saved">
        <source>Saved. &lt;b&gt;{name}&lt;/b&gt; is being prepared, which takes a few seconds. You will hear when it can be used.</source>
        <translation>सहेजा गया। &lt;b&gt;{name}&lt;/b&gt; तैयार की जा रही है, इसमें कुछ सेकंड लगते हैं। उपयोग के लिए तैयार होने पर आपको बताया जाएगा।</translation>
    </message>
    <message id="script.ready">
        <source>&lt;b&gt;{name}&lt;/b&gt; is ready.</source>
        <extracomment>{name}: of a script.</extracomment>
        <translation>&lt;b&gt;{name}&lt;/b&gt; तैयार है।</translation>
    </message>
    <message id="script.failed">
        <source>&lt;b&gt;{name}&lt;/b&gt; could not be prepared. Nothing was charged. You can try again, or change the script.</source>
        <translation>&lt;b&gt;{name}&lt;/b&gt; तैयार नहीं हो सकी। कोई राशि नहीं ली गई। आप फिर कोशिश कर सकते हैं, या स्क्रिप्ट बदल सकते हैं।</translation>
    </message>
    <message id="script.making">
        <source>It is being prepared and can be used in a few seconds.</source>
        <translation>यह तैयार की जा रही है और कुछ सेकंड में उपयोग की जा सकेगी।</translation>
    </message>
    <message id="script.not_made">
        <source>It could not be prepared, so no call can be made with it.</source>
        <translation>यह तैयार नहीं हो सकी, इसलिए इससे कॉल नहीं की जा सकती।</translation>
    </message>
    <message id="script.edit.choose">
        <source>What is to change in &lt;b&gt;{name}&lt;/b&gt;? Calls that are over keep the words they were made with.</source>
        <translation>&lt;b&gt;{name}&lt;/b&gt; में क्या बदलना है? समाप्त हो चुकी कॉल के शब्द वही रहते हैं।</translation>
    </message>
    <message id="script.edit.now">
        <source>Until now: {value}</source>
        <extracomment>{value}: what the script says there.</extracomment>
        <translation>अब तक: {value}</translation>
    </message>
    <message id="script.delete.sure">
        <source>Delete &lt;b&gt;{name}&lt;/b&gt;? Your past calls with it stay in your list.</source>
        <translation>&lt;b&gt;{name}&lt;/b&gt; हटाएँ? इससे की गई पिछली कॉल आपकी सूची में रहेंगी।</translation>
    </message>
    <message id="script.limit.scripts">
        <source>You have {maximum} scripts already. Please delete one first.</source>
        <extracomment>{maximum}: a number, more than one.</extracomment>
        <translation>आपके पास पहले से {maximum} स्क्रिप्ट हैं। कृपया पहले एक हटाएँ।</translation>
    </message>
    <message id="script.limit.versions">
        <source>Your scripts have changed very often today. Please go on tomorrow.</source>
        <translation>आज आपकी स्क्रिप्ट बहुत बार बदली गई हैं। कृपया कल फिर कोशिश करें।</translation>
    </message>
    <message id="script.template.choose">
        <source>What kind of call is it? You can change everything afterwards.</source>
        <translation>यह किस तरह की कॉल है? बाद में आप सब कुछ बदल सकते हैं।</translation>
    </message>
    <message id="script.template.button.reminder">
        <source>Confirm an appointment</source>
        <translation>अपॉइंटमेंट की पुष्टि</translation>
    </message>
    <message id="script.template.button.booking">
        <source>Book a table or a room</source>
        <translation>टेबल या कमरा बुक करना</translation>
    </message>
    <message id="script.template.button.enquiry">
        <source>Ask for information</source>
        <translation>जानकारी पूछना</translation>
    </message>
    <message id="script.template.button.feedback">
        <source>Ask how it was</source>
        <translation>अनुभव पूछना</translation>
    </message>
    <message id="script.template.reminder.purpose">
        <source>To confirm an appointment.</source>
        <translation>अपॉइंटमेंट की पुष्टि करने के लिए।</translation>
    </message>
    <message id="script.template.reminder.opening">
        <source>I am calling about your appointment. Do you have a moment?</source>
        <extracomment>Spoken by the AI voice, after it has said who calls.</extracomment>
        <translation>मैं आपके अपॉइंटमेंट के बारे में कॉल कर रहा हूँ। क्या आपके पास एक पल है?</translation>
    </message>
    <message id="script.template.reminder.goal">
        <source>Say when and where the appointment is, and find out whether the person will come. If not, ask which other day suits them.</source>
        <translation>बताएँ कि अपॉइंटमेंट कब और कहाँ है, और पता करें कि व्यक्ति आएगा या नहीं। यदि नहीं, तो पूछें कि कौन सा दूसरा दिन ठीक रहेगा।</translation>
    </message>
    <message id="script.template.reminder.questions">
        <source>Coming: Will you come to the appointment?
Other day: Which other day would suit you?</source>
        <extracomment>One question a line: a short name, a colon, the question.</extracomment>
        <translation>आएंगे: क्या आप अपॉइंटमेंट पर आएंगे?
दूसरा दिन: आपके लिए कौन सा दूसरा दिन ठीक रहेगा?</translation>
    </message>
    <message id="script.template.booking.purpose">
        <source>To book a table or a room.</source>
        <translation>टेबल या कमरा बुक करने के लिए।</translation>
    </message>
    <message id="script.template.booking.opening">
        <source>I would like to make a booking, please.</source>
        <translation>मैं एक बुकिंग करना चाहता हूँ।</translation>
    </message>
    <message id="script.template.booking.goal">
        <source>Book as the facts say. If that is not free, ask for the nearest free time, and do not accept it but say that we call back.</source>
        <translation>तथ्यों के अनुसार बुकिंग करें। यदि खाली न हो, तो सबसे नज़दीकी खाली समय पूछें, और उसे स्वीकार न करें बल्कि कहें कि हम फिर कॉल करेंगे।</translation>
    </message>
    <message id="script.template.booking.questions">
        <source>Booked: Is the booking confirmed?
Other time: Which time is free?
Name: Under which name is it booked?</source>
        <translation>बुक हुआ: क्या बुकिंग पक्की है?
दूसरा समय: कौन सा समय खाली है?
नाम: बुकिंग किस नाम से है?</translation>
    </message>
    <message id="script.template.enquiry.purpose">
        <source>To ask a business for information.</source>
        <translation>किसी व्यवसाय से जानकारी पूछने के लिए।</translation>
    </message>
    <message id="script.template.enquiry.opening">
        <source>I have a short question, if I may.</source>
        <translation>यदि आप अनुमति दें, तो मेरा एक छोटा सा प्रश्न है।</translation>
    </message>
    <message id="script.template.enquiry.goal">
        <source>Ask what the facts say, and note the answer exactly. Ask again once if it is not clear.</source>
        <translation>तथ्यों में लिखा प्रश्न पूछें, और उत्तर ठीक-ठीक नोट करें। स्पष्ट न हो तो एक बार फिर पूछें।</translation>
    </message>
    <message id="script.template.enquiry.questions">
        <source>Answer: What is the answer to the question?
Contact: Who can be asked for more?</source>
        <translation>उत्तर: प्रश्न का उत्तर क्या है?
संपर्क: और जानकारी किससे मिल सकती है?</translation>
    </message>
    <message id="script.template.feedback.purpose">
        <source>To ask a customer how satisfied they are.</source>
        <translation>ग्राहक से पूछने के लिए कि वे कितने संतुष्ट हैं।</translation>
    </message>
    <message id="script.template.feedback.opening">
        <source>You were our customer lately, and we would like to know how it was. May I ask two short questions?</source>
        <translation>आप हाल ही में हमारे ग्राहक रहे हैं, और हम जानना चाहते हैं कि अनुभव कैसा रहा। क्या मैं दो छोटे प्रश्न पूछ सकता हूँ?</translation>
    </message>
    <message id="script.template.feedback.goal">
        <source>Find out how satisfied the person is and what should be better. Thank them, and do not sell anything.</source>
        <translation>पता करें कि व्यक्ति कितना संतुष्ट है और क्या बेहतर हो सकता है। धन्यवाद दें, और कुछ न बेचें।</translation>
    </message>
    <message id="script.template.feedback.questions">
        <source>Satisfied: How satisfied are you?
Better: What should we do better?</source>
        <translation>संतुष्टि: आप कितने संतुष्ट हैं?
सुधार: हमें क्या बेहतर करना चाहिए?</translation>
    </message>
    <message id="script.template.stop_when">
        <source>When the questions are answered, or the person has no time.</source>
        <translation>जब प्रश्नों के उत्तर मिल जाएँ, या व्यक्ति के पास समय न हो।</translation>
    </message>
    <message id="call.choose_script">
        <source>&lt;b&gt;Make a call&lt;/b&gt;
Which script is it for?</source>
        <translation>&lt;b&gt;कॉल करें&lt;/b&gt;
किस स्क्रिप्ट से?</translation>
    </message>
    <message id="call.no_script">
        <source>&lt;b&gt;Make a call&lt;/b&gt;
First the AI voice needs a script. Start from a template: that takes a minute.</source>
        <translation>&lt;b&gt;कॉल करें&lt;/b&gt;
पहले AI आवाज़ को एक स्क्रिप्ट चाहिए। किसी नमूने से शुरू करें: इसमें एक मिनट लगता है।</translation>
    </message>
    <message id="call.script_not_ready">
        <source>&lt;b&gt;{name}&lt;/b&gt; is still being prepared. You will hear when it can be used.</source>
        <translation>&lt;b&gt;{name}&lt;/b&gt; अभी तैयार की जा रही है। उपयोग के लिए तैयार होने पर आपको बताया जाएगा।</translation>
    </message>
    <message id="call.ask_number">
        <source>Whom shall we call? Write the number with the plus sign and the country code, share a contact, or choose one.</source>
        <translation>किसे कॉल करें? प्लस चिह्न और देश कोड के साथ नंबर लिखें, कोई संपर्क साझा करें, या चुनें।</translation>
    </message>
    <message id="call.ask_number.first">
        <source>Your first call goes to your own number, so that you hear what others will hear. Please choose it.</source>
        <translation>आपकी पहली कॉल आपके अपने नंबर पर जाती है, ताकि आप सुनें कि दूसरे क्या सुनेंगे। कृपया उसे चुनें।</translation>
    </message>
    <message id="call.share_own">
        <source>Please press the button below the chat: Telegram then tells us your own number.</source>
        <translation>कृपया चैट के नीचे का बटन दबाएँ: तब Telegram हमें आपका अपना नंबर बताता है।</translation>
    </message>
    <message id="call.share_own.first">
        <source>Your first call goes to your own number, so that you hear what others will hear. Please press the button below the chat: Telegram then tells us your number.</source>
        <translation>आपकी पहली कॉल आपके अपने नंबर पर जाती है, ताकि आप सुनें कि दूसरे क्या सुनेंगे। कृपया चैट के नीचे का बटन दबाएँ: तब Telegram हमें आपका नंबर बताता है।</translation>
    </message>
    <message id="call.bad_number">
        <source>That is no complete phone number. Please write it with the plus sign and the country code.</source>
        <translation>यह पूरा फ़ोन नंबर नहीं है। कृपया इसे प्लस चिह्न और देश कोड के साथ लिखें।</translation>
    </message>
    <message id="call.ask_consent">
        <source>Why may {number} be called by an AI voice? You answer for what you say here.</source>
        <extracomment>{number}: a phone number.</extracomment>
        <translation>{number} पर AI आवाज़ से कॉल क्यों की जा सकती है? यहाँ जो आप बताते हैं उसके लिए आप ज़िम्मेदार हैं।</translation>
    </message>
    <message id="call.button.consent.know">
        <source>We know each other, and it is all right</source>
        <translation>हम परिचित हैं, और यह ठीक है</translation>
    </message>
    <message id="call.button.consent.written">
        <source>They agreed in writing</source>
        <translation>लिखित सहमति है</translation>
    </message>
    <message id="call.button.consent.own">
        <source>It is my own number</source>
        <translation>यह मेरा अपना नंबर है</translation>
    </message>
    <message id="call.button.consent.none">
        <source>None of these</source>
        <translation>इनमें से कोई नहीं</translation>
    </message>
    <message id="call.button.own_number">
        <source>Call my own number</source>
        <translation>मेरे अपने नंबर पर कॉल</translation>
    </message>
    <message id="call.button.share_number">
        <source>Share my number</source>
        <translation>मेरा नंबर साझा करें</translation>
    </message>
    <message id="call.summary">
        <source>&lt;b&gt;{script}&lt;/b&gt; to &lt;b&gt;{number}&lt;/b&gt;</source>
        <translation>&lt;b&gt;{script}&lt;/b&gt; से &lt;b&gt;{number}&lt;/b&gt; पर</translation>
    </message>
    <message id="call.allowed">
        <source>This call may be placed now.</source>
        <translation>यह कॉल अभी की जा सकती है।</translation>
    </message>
    <message id="call.queued">
        <source>This call can be placed, but not at once. It starts by itself as soon as it may:</source>
        <translation>यह कॉल की जा सकती है, पर तुरंत नहीं। अनुमति मिलते ही यह अपने आप शुरू होगी:</translation>
    </message>
    <message id="call.refused">
        <source>This call cannot be placed:</source>
        <translation>यह कॉल नहीं की जा सकती:</translation>
    </message>
    <message id="call.price">
        <source>Price: {rate} a minute.
An expected {expected} min: {expected_price}.
The longest {longest} min: {longest_price}. That much is reserved, and what is not used comes back.</source>
        <extracomment>{expected} and {longest}: minutes and seconds, as 3:05. The others are money.</extracomment>
        <translation>मूल्य: {rate} प्रति मिनट।
अनुमानित {expected} मिनट: {expected_price}।
सबसे लंबी {longest} मिनट: {longest_price}। इतनी राशि रोकी जाती है, और जो उपयोग न हो वह लौट आती है।</translation>
    </message>
    <message id="call.recording_fee">
        <source>It is recorded for {fee}, and the person called is told so.</source>
        <translation>यह {fee} में रिकॉर्ड होगी, और जिसे कॉल की गई उसे यह बताया जाता है।</translation>
    </message>
    <message id="call.button.go">
        <source>Call now</source>
        <translation>अभी कॉल करें</translation>
    </message>
    <message id="call.button.go_later">
        <source>Call as soon as possible</source>
        <translation>जल्द से जल्द कॉल करें</translation>
    </message>
    <message id="call.button.record.on">
        <source>Record this call</source>
        <translation>यह कॉल रिकॉर्ड करें</translation>
    </message>
    <message id="call.button.record.off">
        <source>Do not record</source>
        <translation>रिकॉर्ड न करें</translation>
    </message>
    <message id="call.button.other_number">
        <source>Another number</source>
        <translation>दूसरा नंबर</translation>
    </message>
    <message id="call.button.again">
        <source>Check again</source>
        <translation>फिर जाँचें</translation>
    </message>
    <message id="call.asked">
        <source>Confirmed: the call to {number} is on its way.</source>
        <translation>पुष्टि हुई: {number} पर कॉल की जा रही है।</translation>
    </message>
    <message id="call.nothing_to_stop">
        <source>No call of yours is running.</source>
        <translation>आपकी कोई कॉल नहीं चल रही है।</translation>
    </message>
    <message id="call.stopping">
        <source>The call is being stopped.</source>
        <translation>कॉल रोकी जा रही है।</translation>
    </message>
    <message id="history.title">
        <source>&lt;b&gt;Past calls&lt;/b&gt;</source>
        <translation>&lt;b&gt;पिछली कॉल&lt;/b&gt;</translation>
    </message>
    <message id="history.empty">
        <source>&lt;b&gt;Past calls&lt;/b&gt;
There are none yet.</source>
        <translation>&lt;b&gt;पिछली कॉल&lt;/b&gt;
अभी कोई नहीं है।</translation>
    </message>
    <message id="history.line">
        <source>{time}: {number}, {outcome}, {price}</source>
        <extracomment>{outcome}: one of the history.outcome texts.</extracomment>
        <translation>{time}: {number}, {outcome}, {price}</translation>
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
परिणाम: {outcome}
अवधि: {duration} मिनट
शुल्क: {price}</translation>
    </message>
    <message id="history.summary">
        <source>&lt;b&gt;Summary&lt;/b&gt;
{summary}</source>
        <translation>&lt;b&gt;सारांश&lt;/b&gt;
{summary}</translation>
    </message>
    <message id="history.answer">
        <source>&lt;b&gt;{question}&lt;/b&gt;: {answer}</source>
        <translation>&lt;b&gt;{question}&lt;/b&gt;: {answer}</translation>
    </message>
    <message id="history.transcript.title">
        <source>&lt;b&gt;What was said with {number}&lt;/b&gt;</source>
        <translation>&lt;b&gt;{number} के साथ हुई बातचीत&lt;/b&gt;</translation>
    </message>
    <message id="history.transcript.voice">
        <source>&lt;b&gt;Voice:&lt;/b&gt; {words}</source>
        <extracomment>The AI voice speaks.</extracomment>
        <translation>&lt;b&gt;आवाज़:&lt;/b&gt; {words}</translation>
    </message>
    <message id="history.transcript.person">
        <source>&lt;b&gt;Person:&lt;/b&gt; {words}</source>
        <extracomment>The person called speaks.</extracomment>
        <translation>&lt;b&gt;व्यक्ति:&lt;/b&gt; {words}</translation>
    </message>
    <message id="history.transcript.cut">
        <source>The rest is too long to be shown here.</source>
        <translation>बाकी यहाँ दिखाने के लिए बहुत लंबा है।</translation>
    </message>
    <message id="history.button.older">
        <source>Older calls</source>
        <translation>पुरानी कॉल</translation>
    </message>
    <message id="history.button.transcript">
        <source>What was said</source>
        <translation>क्या कहा गया</translation>
    </message>
    <message id="history.button.again">
        <source>Call again</source>
        <translation>फिर कॉल करें</translation>
    </message>
    <message id="history.button.problem">
        <source>Report a problem</source>
        <translation>समस्या बताएँ</translation>
    </message>
    <message id="problem.ask">
        <source>What went wrong with the call to {number} ({time})? You paid {price} for it.</source>
        <translation>{number} पर की गई कॉल ({time}) में क्या गड़बड़ हुई? आपने इसके लिए {price} दिए थे।</translation>
    </message>
    <message id="problem.reason.bad_audio">
        <source>The sound was bad</source>
        <translation>आवाज़ साफ़ नहीं थी</translation>
    </message>
    <message id="problem.reason.ai_malfunction">
        <source>The voice did not follow the script</source>
        <translation>आवाज़ ने स्क्रिप्ट के अनुसार बात नहीं की</translation>
    </message>
    <message id="problem.reason.not_answered_but_charged">
        <source>Nobody answered, but I paid</source>
        <translation>किसी ने नहीं उठाया, फिर भी पैसे कटे</translation>
    </message>
    <message id="problem.reason.overcharged">
        <source>It cost too much</source>
        <translation>ज़्यादा पैसे कटे</translation>
    </message>
    <message id="problem.reason.other">
        <source>Something else</source>
        <translation>कुछ और</translation>
    </message>
    <message id="problem.words">
        <source>Please write in one message what went wrong, in at most {characters} characters.</source>
        <translation>कृपया एक ही संदेश में लिखें कि क्या गड़बड़ हुई, अधिकतम {characters} अक्षरों में।</translation>
    </message>
    <message id="problem.thanks">
        <source>Thank you. A person looks at this call and you hear from us here. Money that comes back goes to your wallet.</source>
        <translation>धन्यवाद। हमारा एक व्यक्ति इस कॉल को देखेगा और हम आपको यहीं जवाब देंगे। लौटाया गया पैसा आपके वॉलेट में आएगा।</translation>
    </message>
    <message id="problem.already">
        <source>You have reported this call. A person looks at it, and you hear from us here.</source>
        <translation>आप इस कॉल के बारे में बता चुके हैं। हमारा एक व्यक्ति इसे देख रहा है और हम आपको यहीं जवाब देंगे।</translation>
    </message>
    <message id="problem.too_late">
        <source>A problem can be reported within seven days of a call. This one is older.</source>
        <translation>समस्या कॉल के सात दिनों के भीतर बताई जा सकती है। यह कॉल उससे पुरानी है।</translation>
    </message>
    <message id="problem.nothing_paid">
        <source>Nothing was charged for this call, so there is nothing to give back.</source>
        <translation>इस कॉल के लिए कुछ नहीं काटा गया, इसलिए लौटाने को कुछ नहीं है।</translation>
    </message>
    <message id="history.outcome.waiting">
        <source>waiting</source>
        <extracomment>How a call went, in a line of the list.</extracomment>
        <translation>प्रतीक्षा में</translation>
    </message>
    <message id="history.outcome.dialling">
        <source>being called</source>
        <translation>कॉल लग रही है</translation>
    </message>
    <message id="history.outcome.talking">
        <source>talking</source>
        <translation>बात चल रही है</translation>
    </message>
    <message id="history.outcome.talked">
        <source>talked</source>
        <translation>बात हुई</translation>
    </message>
    <message id="history.outcome.mailbox">
        <source>a mailbox answered</source>
        <translation>वॉइसमेल मिला</translation>
    </message>
    <message id="history.outcome.longest">
        <source>ended at its longest</source>
        <translation>अधिकतम अवधि पर समाप्त</translation>
    </message>
    <message id="history.outcome.busy">
        <source>busy</source>
        <translation>व्यस्त</translation>
    </message>
    <message id="history.outcome.no_answer">
        <source>no answer</source>
        <translation>कोई उत्तर नहीं</translation>
    </message>
    <message id="history.outcome.declined">
        <source>declined</source>
        <translation>अस्वीकार</translation>
    </message>
    <message id="history.outcome.wrong_number">
        <source>the number does not exist</source>
        <translation>नंबर मौजूद नहीं</translation>
    </message>
    <message id="history.outcome.not_connected">
        <source>not connected</source>
        <translation>नहीं जुड़ी</translation>
    </message>
    <message id="history.outcome.failed">
        <source>failed on our side</source>
        <translation>हमारी ओर से विफल</translation>
    </message>
    <message id="history.outcome.refused">
        <source>not placed</source>
        <translation>नहीं की गई</translation>
    </message>
    <message id="history.outcome.cancelled">
        <source>cancelled</source>
        <translation>रद्द</translation>
    </message>
    <message id="call.live.asked">
        <source>Your call to &lt;b&gt;{number}&lt;/b&gt; is being prepared.</source>
        <extracomment>{number}: the number called.</extracomment>
        <translation>&lt;b&gt;{number}&lt;/b&gt; पर आपकी कॉल तैयार की जा रही है।</translation>
    </message>
    <message id="call.live.queued">
        <source>Your call to &lt;b&gt;{number}&lt;/b&gt; is waiting.</source>
        <extracomment>{number}: the number called. Below it: what it waits for.</extracomment>
        <translation>&lt;b&gt;{number}&lt;/b&gt; पर आपकी कॉल प्रतीक्षा में है।</translation>
    </message>
    <message id="call.live.dialling">
        <source>Calling &lt;b&gt;{number}&lt;/b&gt;…</source>
        <extracomment>{number}: the number called.</extracomment>
        <translation>&lt;b&gt;{number}&lt;/b&gt; पर कॉल की जा रही है…</translation>
    </message>
    <message id="call.live.unknown">
        <source>Call to &lt;b&gt;{number}&lt;/b&gt;: the phone provider has not answered. We are checking whether the call goes through. You pay nothing for a call that was not placed.</source>
        <extracomment>The provider has not said whether it dials. {number}: the number called.</extracomment>
        <translation>&lt;b&gt;{number}&lt;/b&gt; पर कॉल: फ़ोन प्रदाता ने उत्तर नहीं दिया है। हम जाँच रहे हैं कि कॉल लगी है या नहीं। जो कॉल नहीं लगी, उसके लिए आपको कुछ नहीं देना होगा।</translation>
    </message>
    <message id="call.live.talking">
        <source>Talking with &lt;b&gt;{number}&lt;/b&gt; for {duration}.
Cost so far: {amount} of {hold} reserved.</source>
        <extracomment>{number}: the number called. {duration}: minutes and seconds, 1:40. {amount}, {hold}: money.</extracomment>
        <translation>&lt;b&gt;{number}&lt;/b&gt; से {duration} से बातचीत चल रही है।
अब तक का खर्च: {amount}, आरक्षित: {hold}।</translation>
    </message>
    <message id="call.live.ending">
        <source>The call to &lt;b&gt;{number}&lt;/b&gt; is being ended…</source>
        <extracomment>{number}: the number called.</extracomment>
        <translation>&lt;b&gt;{number}&lt;/b&gt; पर कॉल समाप्त की जा रही है…</translation>
    </message>
    <message id="call.live.cancelled">
        <source>The call to &lt;b&gt;{number}&lt;/b&gt; was cancelled before it was placed. Nothing was charged.</source>
        <extracomment>{number}: the number called.</extracomment>
        <translation>&lt;b&gt;{number}&lt;/b&gt; पर कॉल लगने से पहले ही रद्द कर दी गई। कोई शुल्क नहीं लिया गया।</translation>
    </message>
    <message id="call.live.over">
        <source>&lt;b&gt;Call to {number}&lt;/b&gt;</source>
        <extracomment>{number}: the number called. Below it: how it ended and what it cost.</extracomment>
        <translation>&lt;b&gt;{number} पर कॉल&lt;/b&gt;</translation>
    </message>
    <message id="call.button.stop">
        <source>Stop the call</source>
        <translation>कॉल रोकें</translation>
    </message>
    <message id="call.money.charged">
        <source>Charged: {amount} for {duration}. Of the reserve, {rest} came back to your balance. Reference: {transfer}.</source>
        <extracomment>{duration}: minutes and seconds that are paid. {amount}, {rest}: money. {transfer}: T-12.</extracomment>
        <translation>शुल्क: {duration} के लिए {amount}। आरक्षित राशि में से {rest} आपके बैलेंस में लौट आए। संदर्भ: {transfer}।</translation>
    </message>
    <message id="call.money.released">
        <source>Nothing was charged. The reserved {amount} came back to your balance. Reference: {transfer}.</source>
        <extracomment>{amount}: money. {transfer}: T-12.</extracomment>
        <translation>कोई शुल्क नहीं लिया गया। आरक्षित {amount} आपके बैलेंस में लौट आए। संदर्भ: {transfer}।</translation>
    </message>
    <message id="call.money.nothing">
        <source>Nothing was charged.</source>
        <translation>कोई शुल्क नहीं लिया गया।</translation>
    </message>
    <message id="call.end.completed">
        <source>The call is over.</source>
        <translation>कॉल समाप्त हुई।</translation>
    </message>
    <message id="call.end.voicemail">
        <source>A voicemail answered.</source>
        <translation>वॉइसमेल ने उत्तर दिया।</translation>
    </message>
    <message id="call.end.machine">
        <source>An automatic phone menu answered.</source>
        <extracomment>An automatic menu, not a person.</extracomment>
        <translation>एक स्वचालित फ़ोन मेन्यू ने उत्तर दिया।</translation>
    </message>
    <message id="call.end.silence">
        <source>The call ended because nobody spoke for a long time.</source>
        <translation>बहुत देर तक किसी के न बोलने से कॉल समाप्त हुई।</translation>
    </message>
    <message id="call.end.longest">
        <source>The call reached the longest duration that was reserved for it.</source>
        <translation>कॉल अपने लिए आरक्षित अधिकतम अवधि तक पहुँच गई।</translation>
    </message>
    <message id="call.end.stopped">
        <source>The call was stopped.</source>
        <translation>कॉल रोक दी गई।</translation>
    </message>
    <message id="call.end.busy">
        <source>The line was busy.</source>
        <translation>लाइन व्यस्त थी।</translation>
    </message>
    <message id="call.end.no_answer">
        <source>Nobody answered.</source>
        <translation>किसी ने उत्तर नहीं दिया।</translation>
    </message>
    <message id="call.end.declined">
        <source>The call was declined.</source>
        <translation>कॉल अस्वीकार कर दी गई।</translation>
    </message>
    <message id="call.end.blocked">
        <source>The phone network of the person called did not let the call through.</source>
        <extracomment>By the callee's network.</extracomment>
        <translation>जिसे कॉल की गई, उसके फ़ोन नेटवर्क ने कॉल नहीं जाने दी।</translation>
    </message>
    <message id="call.end.invalid">
        <source>This number does not exist or cannot be called.</source>
        <translation>यह नंबर मौजूद नहीं है या इस पर कॉल नहीं की जा सकती।</translation>
    </message>
    <message id="call.end.unreachable">
        <source>The number could not be reached.</source>
        <translation>नंबर तक नहीं पहुँचा जा सका।</translation>
    </message>
    <message id="call.end.scam">
        <source>The phone provider ended the call because of what was said in it.</source>
        <translation>फ़ोन प्रदाता ने कॉल में कही गई बातों के कारण उसे समाप्त कर दिया।</translation>
    </message>
    <message id="call.end.provider">
        <source>The call failed at the phone provider.</source>
        <extracomment>A fault at the phone provider; nothing is charged.</extracomment>
        <translation>फ़ोन प्रदाता की ओर से कॉल विफल रही।</translation>
    </message>
    <message id="call.end.not_placed">
        <source>The call could not be placed. Please try again later.</source>
        <translation>कॉल नहीं लग सकी। कृपया बाद में फिर से प्रयास करें।</translation>
    </message>
    <message id="call.end.script">
        <source>The script could not be prepared for a call. Please save it again or choose another one.</source>
        <translation>स्क्रिप्ट को कॉल के लिए तैयार नहीं किया जा सका। कृपया उसे फिर से सहेजें या दूसरी चुनें।</translation>
    </message>
    <message id="call.end.waited_too_long">
        <source>The call waited for a day and was not placed.</source>
        <translation>कॉल एक दिन तक प्रतीक्षा में रही और नहीं लगाई गई।</translation>
    </message>
    <message id="call.end.refused">
        <source>This call cannot be placed.</source>
        <translation>यह कॉल नहीं की जा सकती।</translation>
    </message>
    <message id="call.end.summary">
        <source>&lt;b&gt;Summary&lt;/b&gt;
{summary}</source>
        <extracomment>{summary}: a few sentences by the provider's analysis.</extracomment>
        <translation>&lt;b&gt;सारांश&lt;/b&gt;
{summary}</translation>
    </message>
    <message id="call.end.transcript">
        <source>&lt;b&gt;What was said&lt;/b&gt;
{transcript}</source>
        <extracomment>{transcript}: what was said, a line each.</extracomment>
        <translation>&lt;b&gt;क्या कहा गया&lt;/b&gt;
{transcript}</translation>
    </message>
    <message id="wallet.kind.hold">
        <source>Reserved for a call</source>
        <translation>कॉल के लिए रोकी गई राशि</translation>
    </message>
    <message id="wallet.kind.charge">
        <source>Rest after a call</source>
        <extracomment>What was reserved for the call and not used comes back.</extracomment>
        <translation>कॉल के बाद बची राशि</translation>
    </message>
    <message id="wallet.kind.release">
        <source>Reservation given back</source>
        <translation>रोकी गई राशि लौटाई गई</translation>
    </message>
    <message id="wallet.kind.refund">
        <source>Refund</source>
        <translation>धनवापसी</translation>
    </message>
    <message id="call.money.plan">
        <source>Minutes of your plan: {duration}.</source>
        <extracomment>{duration}: minutes and seconds of the call that the plan paid for.</extracomment>
        <translation>आपके प्लान के मिनट: {duration}।</translation>
    </message>
    <message id="call.plan_minutes">
        <source>Of these, the first {duration} min are minutes of your plan and cost nothing.</source>
        <extracomment>Below the price. {duration}: minutes and seconds, as 2:00.</extracomment>
        <translation>इनमें से पहले {duration} मिनट आपके प्लान के हैं और उनका कोई शुल्क नहीं है।</translation>
    </message>
    <message id="wallet.kind.plan">
        <source>Plan</source>
        <translation>प्लान</translation>
    </message>
    <message id="menu.button.plan">
        <source>Plan</source>
        <translation>प्लान</translation>
    </message>
    <message id="command.plan">
        <source>Your plan and its minutes</source>
        <translation>आपका प्लान और उसके मिनट</translation>
    </message>
    <message id="plan.bought">
        <source>&lt;b&gt;{plan} is yours until {until}.&lt;/b&gt;
It has {minutes} minutes of calls to the United States and Canada.
Paid: {amount}. Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{plan}: Prime, Elite or Ultra. {minutes}: a number. {until}: the end of what was paid. {transfer}: T-12.</extracomment>
        <translation>&lt;b&gt;{plan} {until} तक आपका है।&lt;/b&gt;
इसमें अमेरिका और कनाडा की कॉल के {minutes} मिनट हैं।
भुगतान: {amount}। संदर्भ: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="plan.credited">
        <source>For what was left of your plan before, {amount} came back to your wallet.</source>
        <extracomment>{amount}: money that came back for the plan of before.</extracomment>
        <translation>आपके पिछले प्लान के बचे हुए हिस्से के लिए {amount} आपके वॉलेट में लौट आए।</translation>
    </message>
    <message id="plan.renewed">
        <source>&lt;b&gt;{plan} was renewed until {until}.&lt;/b&gt;
It has {minutes} minutes of calls to the United States and Canada.
Paid: {amount}. Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>As plan.bought, for a further period.</extracomment>
        <translation>&lt;b&gt;{plan} {until} तक फिर से चालू हो गया।&lt;/b&gt;
इसमें अमेरिका और कनाडा की कॉल के {minutes} मिनट हैं।
भुगतान: {amount}। संदर्भ: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="plan.notice.ends">
        <source>Your plan {plan} ends on {until}. After that you are on Free. To keep it, turn on renewal.</source>
        <extracomment>A day before the end, when the plan does not renew.</extracomment>
        <translation>आपका प्लान {plan} {until} को समाप्त होगा। उसके बाद आप मुफ़्त प्लान पर होंगे। इसे बनाए रखने के लिए नवीनीकरण चालू करें।</translation>
    </message>
    <message id="plan.notice.renews">
        <source>Your plan {plan} renews on {until} for {price}, from your wallet.</source>
        <extracomment>A day before the end, when the plan renews. {price}: what will be paid.</extracomment>
        <translation>आपका प्लान {plan} {until} को {price} में, आपके वॉलेट से, नवीनीकृत होगा।</translation>
    </message>
    <message id="plan.notice.short">
        <source>For that, {amount} is still missing in your wallet.</source>
        <extracomment>{amount}: what is missing in the wallet.</extracomment>
        <translation>इसके लिए आपके वॉलेट में अभी {amount} कम हैं।</translation>
    </message>
    <message id="plan.short">
        <source>&lt;b&gt;Your plan {plan} could not be renewed.&lt;/b&gt;
It costs {price}, and {amount} is missing in your wallet. We try again on {time}. Until then you have no plan minutes.</source>
        <extracomment>The renewal could not be paid. {time}: the next try.</extracomment>
        <translation>&lt;b&gt;आपका प्लान {plan} नवीनीकृत नहीं हो सका।&lt;/b&gt;
इसका मूल्य {price} है, और आपके वॉलेट में {amount} कम हैं। हम {time} को फिर कोशिश करेंगे। तब तक आपके पास प्लान के मिनट नहीं हैं।</translation>
    </message>
    <message id="plan.ended.unpaid">
        <source>Your plan {plan} has ended, because it could not be paid. You are on Free now; your balance and your scripts stay.</source>
        <extracomment>After the last try.</extracomment>
        <translation>आपका प्लान {plan} समाप्त हो गया, क्योंकि उसका भुगतान नहीं हो सका। अब आप मुफ़्त प्लान पर हैं; आपका बैलेंस और स्क्रिप्ट बने रहेंगे।</translation>
    </message>
    <message id="plan.ended.expired">
        <source>Your plan {plan} has ended. You are on Free now.</source>
        <extracomment>It was not to renew.</extracomment>
        <translation>आपका प्लान {plan} समाप्त हो गया। अब आप मुफ़्त प्लान पर हैं।</translation>
    </message>
    <message id="plan.ended.cancelled">
        <source>Your plan {plan} has ended, as you wished. You are on Free now.</source>
        <extracomment>The customer had cancelled it.</extracomment>
        <translation>आपका प्लान {plan}, जैसा आपने चाहा, समाप्त हो गया। अब आप मुफ़्त प्लान पर हैं।</translation>
    </message>
    <message id="plan.button.mine">
        <source>My plan</source>
        <translation>मेरा प्लान</translation>
    </message>
    <message id="plan.button.offers">
        <source>See all plans</source>
        <translation>सभी प्लान देखें</translation>
    </message>
    <message id="plan.button.renew_on">
        <source>Turn renewal on</source>
        <translation>नवीनीकरण चालू करें</translation>
    </message>
    <message id="plan.button.renew_off">
        <source>Turn renewal off</source>
        <translation>नवीनीकरण बंद करें</translation>
    </message>
    <message id="plan.button.pay_now">
        <source>Pay now</source>
        <translation>अभी भुगतान करें</translation>
    </message>
    <message id="plan.button.cancel">
        <source>Cancel my plan</source>
        <translation>मेरा प्लान रद्द करें</translation>
    </message>
    <message id="plan.mine.free">
        <source>&lt;b&gt;You are on Free.&lt;/b&gt;
Calls are paid from your wallet by the minute.</source>
        <extracomment>The customer has no paid plan.</extracomment>
        <translation>&lt;b&gt;आप मुफ़्त प्लान पर हैं।&lt;/b&gt;
कॉल का भुगतान आपके वॉलेट से प्रति मिनट होता है।</translation>
    </message>
    <message id="plan.mine.free_left">
        <source>Until {until} you have {left} min of free calls to the United States and Canada.</source>
        <extracomment>{left}: minutes and seconds, as 2:00.</extracomment>
        <translation>{until} तक आपके पास अमेरिका और कनाडा की मुफ़्त कॉल के {left} मिनट हैं।</translation>
    </message>
    <message id="plan.mine.paid">
        <source>&lt;b&gt;Your plan: {plan}&lt;/b&gt;
Minutes left for the United States and Canada: {left} of {minutes}
Paid until {until}</source>
        <extracomment>{left}: minutes and seconds, as 96:30. {minutes}: a number.</extracomment>
        <translation>&lt;b&gt;आपका प्लान: {plan}&lt;/b&gt;
अमेरिका और कनाडा के लिए बचे मिनट: {minutes} में से {left}
{until} तक भुगतान किया हुआ</translation>
    </message>
    <message id="plan.mine.renews">
        <source>It renews then for {price}, from your wallet.</source>
        <extracomment>{price}: what is paid then.</extracomment>
        <translation>तब यह {price} में, आपके वॉलेट से, नवीनीकृत होगा।</translation>
    </message>
    <message id="plan.mine.renews_not">
        <source>Renewal is off: it ends then.</source>
        <translation>नवीनीकरण बंद है: तब यह समाप्त हो जाएगा।</translation>
    </message>
    <message id="plan.mine.cancelled">
        <source>You have cancelled it: it ends then.</source>
        <translation>आपने इसे रद्द कर दिया है: तब यह समाप्त हो जाएगा।</translation>
    </message>
    <message id="plan.mine.grace">
        <source>&lt;b&gt;Your plan {plan} waits for its payment.&lt;/b&gt;
We try again on {time}. Until then you have no plan minutes.</source>
        <extracomment>{time}: the next try to take the price from the wallet.</extracomment>
        <translation>&lt;b&gt;आपका प्लान {plan} भुगतान की प्रतीक्षा में है।&lt;/b&gt;
हम {time} को फिर कोशिश करेंगे। तब तक आपके पास प्लान के मिनट नहीं हैं।</translation>
    </message>
    <message id="plan.offers.title">
        <source>&lt;b&gt;Plans&lt;/b&gt;
Each has minutes of calls to the United States and Canada, and campaigns. Other calls are paid by the minute.</source>
        <translation>&lt;b&gt;प्लान&lt;/b&gt;
हर प्लान में अमेरिका और कनाडा की कॉल के मिनट और अभियान शामिल हैं। बाकी कॉल का भुगतान प्रति मिनट होता है।</translation>
    </message>
    <message id="plan.offer" numerus="yes">
        <source>&lt;b&gt;{plan}&lt;/b&gt;, %n days: {price}, {minutes} min</source>
        <extracomment>One line of the list. %n: days. {minutes}: a number.</extracomment>
        <translation>
            <numerusform>&lt;b&gt;{plan}&lt;/b&gt;, %n दिन: {price}, {minutes} मिनट</numerusform>
            <numerusform>&lt;b&gt;{plan}&lt;/b&gt;, %n दिन: {price}, {minutes} मिनट</numerusform>
        </translation>
    </message>
    <message id="plan.confirm">
        <source>{price} will be taken from your wallet now. Renewal is off until you turn it on. Do you want it?</source>
        <extracomment>Before a plan is bought. The offer stands above.</extracomment>
        <translation>{price} अभी आपके वॉलेट से लिए जाएँगे। जब तक आप चालू न करें, नवीनीकरण बंद रहेगा। क्या आप इसे चाहते हैं?</translation>
    </message>
    <message id="plan.confirm.change">
        <source>Your plan {plan} ends for it, and its minutes with it. For what is left of it, {credit} comes back to your wallet first.</source>
        <extracomment>{plan}: the plan that ends for it. {credit}: money.</extracomment>
        <translation>इसके लिए आपका प्लान {plan} और उसके मिनट समाप्त हो जाएँगे। उसके बचे हुए हिस्से के लिए पहले {credit} आपके वॉलेट में लौट आएँगे।</translation>
    </message>
    <message id="plan.too_little">
        <source>Your wallet has {amount} too little for that. Please top up first.</source>
        <extracomment>{amount}: what is missing in the wallet.</extracomment>
        <translation>इसके लिए आपके वॉलेट में {amount} कम हैं। कृपया पहले पैसे डालें।</translation>
    </message>
    <message id="plan.has_it">
        <source>You have this plan already.</source>
        <translation>यह प्लान आपके पास पहले से है।</translation>
    </message>
    <message id="plan.cancel.ask">
        <source>Your plan stays until {until} and then ends. What was paid is not given back. Do you want to cancel it?</source>
        <extracomment>{until}: the end of what was paid.</extracomment>
        <translation>आपका प्लान {until} तक रहेगा और फिर समाप्त हो जाएगा। चुकाई गई राशि वापस नहीं होगी। क्या आप इसे रद्द करना चाहते हैं?</translation>
    </message>
    <message id="refund.reversed">
        <source>&lt;b&gt;We have taken back {amount}&lt;/b&gt; of the refund for call {call}, which was given by mistake.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was taken back. {call}: number of the call. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;हमने कॉल {call} के रिफ़ंड में से {amount} वापस ले लिए हैं&lt;/b&gt;, क्योंकि वह ग़लती से दिया गया था।
नई शेष राशि: {balance}
संदर्भ: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="refund.reversed.plan">
        <source>&lt;b&gt;We have taken back {amount}&lt;/b&gt; of the refund for your plan {plan}, which was given by mistake.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was taken back. {plan}: Prime, Elite or Ultra. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;हमने आपके प्लान {plan} के रिफ़ंड में से {amount} वापस ले लिए हैं&lt;/b&gt;, क्योंकि वह ग़लती से दिया गया था।
नई शेष राशि: {balance}
संदर्भ: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="adjustment.credit">
        <source>&lt;b&gt;We have added {amount} to your wallet.&lt;/b&gt;
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was added. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;हमने आपके वॉलेट में {amount} जोड़ दिए हैं।&lt;/b&gt;
नई शेष राशि: {balance}
संदर्भ: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="adjustment.debit">
        <source>&lt;b&gt;We have corrected your balance: {amount} were taken from your wallet.&lt;/b&gt;
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;
If you have a question about it, write to support and name the reference.</source>
        <extracomment>{amount}: what was taken. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;हमने आपकी शेष राशि ठीक की है: आपके वॉलेट से {amount} घटाए गए हैं।&lt;/b&gt;
नई शेष राशि: {balance}
संदर्भ: &lt;code&gt;{transfer}&lt;/code&gt;
कोई सवाल हो तो संदर्भ संख्या के साथ सहायता टीम को लिखें।</translation>
    </message>
    <message id="wallet.kind.goodwill">
        <source>Goodwill credit</source>
        <translation>सद्भावना राशि</translation>
    </message>
    <message id="wallet.kind.correction">
        <source>Correction</source>
        <translation>सुधार</translation>
    </message>
    <message id="wallet.kind.deposit_reversal">
        <source>Deposit taken back</source>
        <extracomment>A deposit that was credited is taken back: the payment did not reach us.</extracomment>
        <translation>वापस ली गई जमा राशि</translation>
    </message>
    <message id="wallet.kind.reversal">
        <source>Refund taken back</source>
        <extracomment>A refund that was given by mistake is taken back.</extracomment>
        <translation>वापस लिया गया रिफ़ंड</translation>
    </message>
    <message id="payout.approved">
        <source>&lt;b&gt;Your payout of {amount} is agreed.&lt;/b&gt; The amount has left your wallet; it is sent after one day at the earliest, and we will tell you when it is.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what leaves the wallet. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;{amount} का आपका भुगतान मंज़ूर हो गया है।&lt;/b&gt; राशि आपके वॉलेट से घटा दी गई है; इसे कम से कम एक दिन बाद भेजा जाएगा, और भेजते ही हम आपको बताएँगे।
नई शेष राशि: {balance}
संदर्भ: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="payout.paid">
        <source>&lt;b&gt;Your payout of {amount} has been sent.&lt;/b&gt;
Transaction: &lt;code&gt;{reference}&lt;/code&gt;</source>
        <extracomment>{amount}: what was sent. {reference}: the transaction that paid it.</extracomment>
        <translation>&lt;b&gt;{amount} का आपका भुगतान भेज दिया गया है।&lt;/b&gt;
लेन-देन: &lt;code&gt;{reference}&lt;/code&gt;</translation>
    </message>
    <message id="payout.returned">
        <source>&lt;b&gt;Your payout of {amount} could not be sent.&lt;/b&gt; The amount is back in your wallet.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what came back. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;{amount} का आपका भुगतान भेजा नहीं जा सका।&lt;/b&gt; राशि आपके वॉलेट में लौटा दी गई है।
नई शेष राशि: {balance}
संदर्भ: &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="wallet.kind.payout">
        <source>Payout</source>
        <translation>भुगतान</translation>
    </message>
    <message id="wallet.kind.payout_returned">
        <source>Payout returned</source>
        <translation>लौटाया गया भुगतान</translation>
    </message>
</context>
</TS>
