<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name></name>
    <message id="start.choose_language">
        <source>Please choose your language.</source>
        <extracomment>Shown first, above one button a language.</extracomment>
        <translation>Veuillez choisir votre langue.</translation>
    </message>
    <message id="start.terms">
        <source>&lt;b&gt;Welcome to Speechcad.&lt;/b&gt;

An AI voice makes phone calls for you, following a script that you give it. Before you start, please read the terms of use. You may accept them or leave.</source>
        <extracomment>The buttons below open the terms, accept them, or leave.</extracomment>
        <translation>&lt;b&gt;Bienvenue sur Speechcad.&lt;/b&gt;

Une voix d’IA passe des appels téléphoniques pour vous, selon un script que vous lui donnez. Avant de commencer, veuillez lire les conditions d’utilisation. Vous pouvez les accepter ou quitter.</translation>
    </message>
    <message id="start.terms.button.open">
        <source>Read the terms</source>
        <translation>Lire les conditions</translation>
    </message>
    <message id="start.terms.button.accept">
        <source>Accept the terms</source>
        <translation>Accepter les conditions</translation>
    </message>
    <message id="start.terms.button.leave">
        <source>Leave</source>
        <translation>Quitter</translation>
    </message>
    <message id="start.terms.left">
        <source>You have not accepted the terms, so nothing was started. If you change your mind, send /start.</source>
        <extracomment>The customer did not accept the terms.</extracomment>
        <translation>Vous n’avez pas accepté les conditions : rien n’a donc été commencé. Si vous changez d’avis, envoyez /start.</translation>
    </message>
    <message id="terms.page.title">
        <source>Terms of use</source>
        <extracomment>Heading of the terms page.</extracomment>
        <translation>Conditions d’utilisation</translation>
    </message>
    <message id="terms.page.version">
        <source>Version {version}</source>
        <extracomment>{version}: the version of the terms, as a date.</extracomment>
        <translation>Version {version}</translation>
    </message>
    <message id="terms.page.1">
        <source>Speechcad makes phone calls for you. An AI voice speaks with the person you call, following a script that you write or choose. You order and pay for the calls in this Telegram bot.</source>
        <extracomment>What the service does.</extracomment>
        <translation>Speechcad passe des appels téléphoniques pour vous. Une voix d’IA parle avec la personne que vous appelez, selon un script que vous écrivez ou choisissez. Vous commandez et payez les appels dans ce bot Telegram.</translation>
    </message>
    <message id="terms.page.2">
        <source>Every call says at its start, in the language of the person called, that an AI is speaking. This cannot be switched off, and a script may not ask the AI to deny it.</source>
        <extracomment>The AI tells that it is one.</extracomment>
        <translation>Chaque appel annonce dès le début, dans la langue de la personne appelée, que c’est une IA qui parle. Cette annonce ne peut pas être désactivée, et un script ne peut pas demander à l’IA de le nier.</translation>
    </message>
    <message id="terms.page.3">
        <source>Call only people whom you are allowed to call. Where the law asks for their consent to the call or to its recording, you must have it. You also keep to the rules on calling hours and do-not-call lists, in your country and in theirs. We may refuse or end a call that seems to break these rules.</source>
        <extracomment>Law and consent.</extracomment>
        <translation>N’appelez que des personnes que vous avez le droit d’appeler. Lorsque la loi exige leur accord pour l’appel ou pour son enregistrement, vous devez l’avoir. Vous respectez aussi les règles sur les heures d’appel et les listes d’opposition, dans votre pays et dans le leur. Nous pouvons refuser ou interrompre un appel qui semble enfreindre ces règles.</translation>
    </message>
    <message id="terms.page.4">
        <source>Speechcad must not be used to deceive, threaten or harass anyone, to pose as another person or organisation, or to obtain passwords, codes or card details. We close an account that does so, and we may report it to the authorities.</source>
        <extracomment>No misuse.</extracomment>
        <translation>Il est interdit d’utiliser Speechcad pour tromper, menacer ou harceler quelqu’un, pour se faire passer pour une autre personne ou organisation, ou pour obtenir des mots de passe, des codes ou des données de carte. Nous fermons tout compte qui le fait et pouvons le signaler aux autorités.</translation>
    </message>
    <message id="terms.page.5">
        <source>Your wallet is kept in US dollars (USD). You top it up with cryptocurrency, and the payment provider sets its value in dollars. Calls and plans are paid from the wallet. You cannot withdraw the balance yourself as cryptocurrency or cash; we pay it out only where the law or a mistake of ours requires it. When something you paid for went wrong, the refund goes back to your wallet.</source>
        <extracomment>The wallet.</extracomment>
        <translation>Votre portefeuille est tenu en dollars américains (USD). Vous l’alimentez en cryptomonnaie, dont le prestataire de paiement fixe la valeur en dollars. Les appels et les forfaits sont payés avec le portefeuille. Vous ne pouvez pas retirer vous-même le solde, ni en cryptomonnaie ni en espèces ; nous ne le versons que si la loi ou une erreur de notre part l’exige. Si quelque chose que vous avez payé s’est mal passé, le remboursement revient dans votre portefeuille.</translation>
    </message>
    <message id="terms.page.6">
        <source>We keep your Telegram ID and name, your language, your scripts, your calls with the numbers called, and your payments. We need them to run the service, to keep correct accounts and to meet legal duties. Our telephone, AI and payment providers receive what they need for their part.</source>
        <extracomment>Data that is kept.</extracomment>
        <translation>Nous conservons votre identifiant et votre nom Telegram, votre langue, vos scripts, vos appels avec les numéros appelés, et vos paiements. Nous en avons besoin pour fournir le service, tenir des comptes exacts et respecter nos obligations légales. Nos prestataires de téléphonie, d’IA et de paiement reçoivent ce qui leur est nécessaire.</translation>
    </message>
    <message id="terms.page.7">
        <source>For a question or a complaint, write to the bot. When these terms change, the bot shows you the new version and asks whether you accept it.</source>
        <extracomment>Contact, and changes of the terms.</extracomment>
        <translation>Pour une question ou une réclamation, écrivez au bot. Lorsque ces conditions changent, le bot vous montre la nouvelle version et vous demande si vous l’acceptez.</translation>
    </message>
    <message id="menu.title">
        <source>&lt;b&gt;Main menu&lt;/b&gt;
Balance: {balance}</source>
        <extracomment>{balance}: money that can be spent.</extracomment>
        <translation>&lt;b&gt;Menu principal&lt;/b&gt;
Solde : {balance}</translation>
    </message>
    <message id="menu.button.wallet">
        <source>Wallet</source>
        <translation>Portefeuille</translation>
    </message>
    <message id="menu.button.language">
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message id="menu.button.help">
        <source>Help</source>
        <translation>Aide</translation>
    </message>
    <message id="menu.tour.1">
        <source>&lt;b&gt;1 of 4: the menu&lt;/b&gt;
Everything starts from this menu. Its buttons change as you go; nothing is bought or sent until you confirm it.</source>
        <extracomment>First of four steps of the tour.</extracomment>
        <translation>&lt;b&gt;1 sur 4 : le menu&lt;/b&gt;
Tout part de ce menu. Ses boutons changent au fil des étapes ; rien n’est acheté ni envoyé sans votre confirmation.</translation>
    </message>
    <message id="menu.tour.2">
        <source>&lt;b&gt;2 of 4: the wallet&lt;/b&gt;
Your wallet is in US dollars. You top it up with cryptocurrency: choose an amount and a coin, and you get an address to pay to.</source>
        <translation>&lt;b&gt;2 sur 4 : le portefeuille&lt;/b&gt;
Votre portefeuille est en dollars américains. Vous l’alimentez en cryptomonnaie : choisissez un montant et une monnaie, et vous recevez une adresse de paiement.</translation>
    </message>
    <message id="menu.tour.3">
        <source>&lt;b&gt;3 of 4: the language&lt;/b&gt;
You can change the language at any time, here or with /language.</source>
        <translation>&lt;b&gt;3 sur 4 : la langue&lt;/b&gt;
Vous pouvez changer de langue à tout moment, ici ou avec /language.</translation>
    </message>
    <message id="menu.tour.4">
        <source>&lt;b&gt;4 of 4: help&lt;/b&gt;
/help shows all commands. /cancel leaves whatever you have begun, and /start brings this menu back.</source>
        <translation>&lt;b&gt;4 sur 4 : l’aide&lt;/b&gt;
/help affiche toutes les commandes. /cancel abandonne ce que vous avez commencé, et /start ramène ce menu.</translation>
    </message>
    <message id="menu.tour.button.next">
        <source>Show next</source>
        <translation>Voir la suite</translation>
    </message>
    <message id="menu.tour.button.skip">
        <source>Skip the tour</source>
        <translation>Passer la visite</translation>
    </message>
    <message id="menu.tour.button.done">
        <source>Open the menu</source>
        <extracomment>Ends the tour and shows the menu.</extracomment>
        <translation>Ouvrir le menu</translation>
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
        <translation>&lt;b&gt;Aide&lt;/b&gt;

/start : le menu principal
/wallet : le solde et l’historique
/topup : alimenter le portefeuille
/language : changer de langue
/help : cette liste
/cancel : abandonner ce que vous avez commencé</translation>
    </message>
    <message id="help.button.channel">
        <source>Open the channel</source>
        <extracomment>Opens the Telegram channel with news.</extracomment>
        <translation>Ouvrir le canal</translation>
    </message>
    <message id="help.button.terms">
        <source>Read the terms</source>
        <translation>Lire les conditions</translation>
    </message>
    <message id="button.back">
        <source>Back</source>
        <extracomment>One step back.</extracomment>
        <translation>Retour</translation>
    </message>
    <message id="button.cancel">
        <source>Cancel</source>
        <extracomment>Leaves what was begun.</extracomment>
        <translation>Annuler</translation>
    </message>
    <message id="button.old">
        <source>That button is from an older message. Here is the menu as it is now.</source>
        <extracomment>Shown with the menu when a button of an old message was tapped. Also shown as a short notice: at most 200 characters.</extracomment>
        <translation>Ce bouton vient d’un ancien message. Voici le menu actuel.</translation>
    </message>
    <message id="button.yes">
        <source>Yes, go on</source>
        <extracomment>Answer to message.stale: it is still wanted.</extracomment>
        <translation>Oui, continuer</translation>
    </message>
    <message id="button.no">
        <source>No, leave it</source>
        <extracomment>Answer to message.stale: it is no longer wanted.</extracomment>
        <translation>Non, abandonner</translation>
    </message>
    <message id="cancel.done">
        <source>Cancelled. Nothing was charged.</source>
        <translation>C’est annulé. Rien n’a été débité.</translation>
    </message>
    <message id="unknown.message">
        <source>Sorry, I did not understand that. Please use the buttons, or send /start for the menu.</source>
        <extracomment>The bot could not make anything of what was written.</extracomment>
        <translation>Désolé, je n’ai pas compris. Veuillez utiliser les boutons, ou envoyer /start pour le menu.</translation>
    </message>
    <message id="message.stale" numerus="yes">
        <source>You asked for that %n minutes ago. Do you still want it?</source>
        <extracomment>%n: how many minutes ago the customer asked. Buttons: yes, no.</extracomment>
        <translation>
            <numerusform>Vous l’avez demandé il y a %n minute. Le voulez-vous toujours ?</numerusform>
            <numerusform>Vous l’avez demandé il y a %n minutes. Le voulez-vous toujours ?</numerusform>
        </translation>
    </message>
    <message id="error.try_again">
        <source>Sorry, something went wrong on our side. Nothing was charged. Please try again.</source>
        <translation>Désolé, une erreur s’est produite de notre côté. Rien n’a été débité. Veuillez réessayer.</translation>
    </message>
    <message id="wallet.summary">
        <source>&lt;b&gt;Wallet&lt;/b&gt;
Available: &lt;b&gt;{available}&lt;/b&gt;
Reserved: {held}</source>
        <extracomment>{available}: money that can be spent. {held}: money set aside for calls that are running.</extracomment>
        <translation>&lt;b&gt;Portefeuille&lt;/b&gt;
Disponible : &lt;b&gt;{available}&lt;/b&gt;
Réservé : {held}</translation>
    </message>
    <message id="wallet.button.topup">
        <source>Top up</source>
        <translation>Alimenter le portefeuille</translation>
    </message>
    <message id="wallet.button.history">
        <source>Show history</source>
        <translation>Voir l’historique</translation>
    </message>
    <message id="wallet.history.title">
        <source>&lt;b&gt;Latest transactions&lt;/b&gt;</source>
        <translation>&lt;b&gt;Dernières opérations&lt;/b&gt;</translation>
    </message>
    <message id="wallet.history.empty">
        <source>There are no transactions yet.</source>
        <translation>Il n’y a pas encore d’opérations.</translation>
    </message>
    <message id="wallet.history.line">
        <source>{time} · {kind} · {amount}</source>
        <extracomment>{time}: when. {kind}: one of wallet.kind.*. {amount}: with a minus sign when money left the wallet.</extracomment>
        <translation>{time} · {kind} · {amount}</translation>
    </message>
    <message id="wallet.kind.deposit">
        <source>Top-up</source>
        <translation>Dépôt</translation>
    </message>
    <message id="wallet.kind.other">
        <source>Other</source>
        <translation>Autre</translation>
    </message>
    <message id="topup.choose_amount">
        <source>How much would you like to add to your wallet? The minimum is {minimum}.</source>
        <extracomment>{minimum}: the smallest amount. Below: buttons with amounts.</extracomment>
        <translation>Quel montant souhaitez-vous ajouter à votre portefeuille ? Le minimum est de {minimum}.</translation>
    </message>
    <message id="topup.button.own_amount">
        <source>Type another amount</source>
        <translation>Saisir un autre montant</translation>
    </message>
    <message id="topup.ask_amount">
        <source>Please type the amount in US dollars, for example 35.</source>
        <extracomment>The customer answers with a number.</extracomment>
        <translation>Veuillez saisir le montant en dollars américains, par exemple 35.</translation>
    </message>
    <message id="topup.bad_amount">
        <source>That amount cannot be used. Please type an amount from {minimum} to {maximum}, for example 35.</source>
        <extracomment>{minimum}, {maximum}: the smallest and the largest amount.</extracomment>
        <translation>Ce montant ne peut pas être utilisé. Veuillez saisir un montant de {minimum} à {maximum}, par exemple 35.</translation>
    </message>
    <message id="topup.choose_coin">
        <source>Which coin would you like to pay {amount} with? Please also mind its network.</source>
        <extracomment>{amount}: what will be credited. Below: a button a coin and network.</extracomment>
        <translation>Avec quelle monnaie souhaitez-vous payer {amount} ? Veillez aussi à son réseau.</translation>
    </message>
    <message id="topup.creating">
        <source>One moment, please. We are getting a payment address for you…</source>
        <translation>Un instant, s’il vous plaît. Nous demandons une adresse de paiement pour vous…</translation>
    </message>
    <message id="topup.unavailable">
        <source>Top-ups are not available just now. Nothing was charged. Please try again in a few minutes.</source>
        <translation>Les dépôts ne sont pas disponibles pour le moment. Rien n’a été débité. Veuillez réessayer dans quelques minutes.</translation>
    </message>
    <message id="topup.coin_unavailable">
        <source>This coin is not available just now. Please choose another one.</source>
        <translation>Cette monnaie n’est pas disponible pour le moment. Veuillez en choisir une autre.</translation>
    </message>
    <message id="topup.below_minimum">
        <source>With this coin the minimum is {minimum}. Please choose a larger amount or another coin.</source>
        <extracomment>{minimum}: the smallest amount for the coin that was chosen.</extracomment>
        <translation>Avec cette monnaie, le minimum est de {minimum}. Veuillez choisir un montant plus élevé ou une autre monnaie.</translation>
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
            <numerusform>&lt;b&gt;Dépôt de {amount}&lt;/b&gt;

Veuillez envoyer exactement
&lt;code&gt;{crypto_amount}&lt;/code&gt; {coin}
sur le réseau &lt;b&gt;{network}&lt;/b&gt; à
&lt;code&gt;{address}&lt;/code&gt;

• Envoyez ce montant exact, en un seul paiement. Les frais de votre propre portefeuille ou plateforme d’échange s’y ajoutent.
• N’envoyez que cette monnaie, et seulement sur ce réseau. Tout autre envoi peut être perdu.
• N’utilisez cette adresse que pour ce paiement, plus jamais ensuite.

L’adresse est valable %n minute.</numerusform>
            <numerusform>&lt;b&gt;Dépôt de {amount}&lt;/b&gt;

Veuillez envoyer exactement
&lt;code&gt;{crypto_amount}&lt;/code&gt; {coin}
sur le réseau &lt;b&gt;{network}&lt;/b&gt; à
&lt;code&gt;{address}&lt;/code&gt;

• Envoyez ce montant exact, en un seul paiement. Les frais de votre propre portefeuille ou plateforme d’échange s’y ajoutent.
• N’envoyez que cette monnaie, et seulement sur ce réseau. Tout autre envoi peut être perdu.
• N’utilisez cette adresse que pour ce paiement, plus jamais ensuite.

L’adresse est valable %n minutes.</numerusform>
        </translation>
    </message>
    <message id="topup.address.tag">
        <source>Destination tag (memo): &lt;code&gt;{tag}&lt;/code&gt;
Please give this tag with the payment. Without it the payment cannot be matched to you.</source>
        <extracomment>Added to the caption for coins that need it. {tag}: the destination tag.</extracomment>
        <translation>Tag de destination (mémo) : &lt;code&gt;{tag}&lt;/code&gt;
Veuillez indiquer ce tag avec le paiement. Sans lui, le paiement ne peut pas vous être attribué.</translation>
    </message>
    <message id="topup.button.copy_address">
        <source>Copy the address</source>
        <translation>Copier l’adresse</translation>
    </message>
    <message id="topup.status.waiting" numerus="yes">
        <source>Waiting for your payment: %n minutes left.</source>
        <extracomment>%n: minutes that are left.</extracomment>
        <translation>
            <numerusform>En attente de votre paiement : il reste %n minute.</numerusform>
            <numerusform>En attente de votre paiement : il reste %n minutes.</numerusform>
        </translation>
    </message>
    <message id="topup.status.detected">
        <source>We have seen your payment. Now the network has to confirm it.</source>
        <translation>Nous avons vu votre paiement. Le réseau doit maintenant le confirmer.</translation>
    </message>
    <message id="topup.status.confirming">
        <source>The network is confirming your payment. This may take a few minutes.</source>
        <translation>Le réseau confirme votre paiement. Cela peut prendre quelques minutes.</translation>
    </message>
    <message id="topup.status.checking">
        <source>The payment is confirmed. We are checking it before we credit it.</source>
        <translation>Le paiement est confirmé. Nous le vérifions avant de le créditer.</translation>
    </message>
    <message id="topup.status.expired">
        <source>The time for this payment is over. Please do not send anything to this address any more. If you have sent it already, it will still be found.</source>
        <translation>Le délai de ce paiement est écoulé. Veuillez ne plus rien envoyer à cette adresse. Si vous avez déjà envoyé le paiement, il sera tout de même retrouvé.</translation>
    </message>
    <message id="topup.credited">
        <source>&lt;b&gt;{amount} credited to your wallet.&lt;/b&gt;
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was credited. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;{amount} crédités sur votre portefeuille.&lt;/b&gt;
Nouveau solde : {balance}
Référence : &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="refund.not_given">
        <source>We have looked at your report about call {call} and closed it. There is no refund for it, or no further one.</source>
        <translation>Nous avons examiné votre signalement sur l’appel {call} et l’avons clos. Il n’y a pas de remboursement, ou pas d’autre que celui déjà fait.</translation>
    </message>
    <message id="refund.done">
        <source>&lt;b&gt;We have given {amount} back to your wallet&lt;/b&gt; for call {call}.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was given back. {call}: number of the call. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;Nous avons remboursé {amount} sur votre portefeuille&lt;/b&gt; pour l’appel {call}.
Nouveau solde : {balance}
Référence : &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="refund.done.plan">
        <source>&lt;b&gt;We have given {amount} back to your wallet&lt;/b&gt; for your plan {plan}.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was given back. {plan}: Prime, Elite or Ultra. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;Nous avons remboursé {amount} sur votre portefeuille&lt;/b&gt; pour votre forfait {plan}.
Nouveau solde : {balance}
Référence : &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="topup.underpaid">
        <source>Your payment has arrived, but it is too small: {received} {coin} instead of {expected} {coin}, short by {short} {coin}. Nothing has been credited yet. Please do not send the rest to this address. We are looking at it and will write to you here.</source>
        <extracomment>A person will look at it. {received}, {expected}, {short}: amounts of the coin. {coin}: its name.</extracomment>
        <translation>Votre paiement est arrivé, mais il est trop faible : {received} {coin} au lieu de {expected} {coin}, il manque {short} {coin}. Rien n’a encore été crédité. Veuillez ne pas envoyer le reste à cette adresse. Nous examinons le paiement et vous écrirons ici.</translation>
    </message>
    <message id="topup.underpaid_credited">
        <source>Your payment was smaller than asked: {received} {coin} instead of {expected} {coin}. &lt;b&gt;We have credited {amount}&lt;/b&gt;, the part that arrived.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>Less was paid than was asked; the part was credited. {amount}: what was credited. {transfer}: short number of the transaction.</extracomment>
        <translation>Votre paiement était inférieur au montant demandé : {received} {coin} au lieu de {expected} {coin}. &lt;b&gt;Nous avons crédité {amount}&lt;/b&gt;, la part qui est arrivée.
Nouveau solde : {balance}
Référence : &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="topup.overpaid">
        <source>You sent more than was asked. &lt;b&gt;We have credited {amount}.&lt;/b&gt; The rest, {excess}, is not lost: we are looking at it and will write to you here.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was credited. {excess}: what was sent above it.</extracomment>
        <translation>Vous avez envoyé plus que le montant demandé. &lt;b&gt;Nous avons crédité {amount}.&lt;/b&gt; Le reste, {excess}, n’est pas perdu : nous l’examinons et vous écrirons ici.
Nouveau solde : {balance}
Référence : &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="topup.late">
        <source>Your payment arrived after its time was over. It is not lost. Nothing has been credited yet: we are looking at it and will write to you here.</source>
        <translation>Votre paiement est arrivé après le délai. Il n’est pas perdu. Rien n’a encore été crédité : nous l’examinons et vous écrirons ici.</translation>
    </message>
    <message id="topup.review">
        <source>We have received a payment that does not match what was asked. Nothing has been credited yet: we are looking at it and will write to you here.</source>
        <translation>Nous avons reçu un paiement qui ne correspond pas à la demande. Rien n’a encore été crédité : nous l’examinons et vous écrirons ici.</translation>
    </message>
    <message id="topup.excess_credited">
        <source>&lt;b&gt;The {amount} you had sent beyond what was asked are now in your wallet.&lt;/b&gt;
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was credited. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;Les {amount} que vous aviez envoyés en trop sont maintenant sur votre portefeuille.&lt;/b&gt;
Nouveau solde : {balance}
Référence : &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="topup.refused">
        <source>We have looked at your payment and could not credit it. If you think that is a mistake, please write to us here with the transaction’s hash.</source>
        <extracomment>After a person has decided about a payment that was not as asked.</extracomment>
        <translation>Nous avons examiné votre paiement et n’avons pas pu le créditer. Si vous pensez qu’il s’agit d’une erreur, écrivez-nous ici en indiquant le hash de la transaction.</translation>
    </message>
    <message id="topup.reversed">
        <source>&lt;b&gt;We have taken back {amount}&lt;/b&gt; of a deposit: the payment did not reach us in the end.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;
If you think that is a mistake, please write to us here and name the reference.</source>
        <extracomment>A deposit that was credited is taken back. {amount}: how much. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;Nous avons repris {amount}&lt;/b&gt; d’un dépôt : le paiement ne nous est finalement pas parvenu.
Nouveau solde : {balance}
Référence : &lt;code&gt;{transfer}&lt;/code&gt;
Si vous pensez qu’il s’agit d’une erreur, écrivez-nous ici en indiquant la référence.</translation>
    </message>
    <message id="topup.reversed_owed">
        <source>&lt;b&gt;We have taken back {amount}&lt;/b&gt; of a deposit: the payment did not reach us in the end. Part of it was spent already, so you owe {debt}; your next top-up pays that first.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;
If you think that is a mistake, please write to us here and name the reference.</source>
        <extracomment>A deposit that was credited is taken back, and the wallet had no more that much. {amount}: how much. {debt}: what the customer owes now. {balance}: the new balance.</extracomment>
        <translation>&lt;b&gt;Nous avons repris {amount}&lt;/b&gt; d’un dépôt : le paiement ne nous est finalement pas parvenu. Une partie avait déjà été dépensée : vous nous devez {debt}, que votre prochaine recharge réglera d’abord.
Nouveau solde : {balance}
Référence : &lt;code&gt;{transfer}&lt;/code&gt;
Si vous pensez qu’il s’agit d’une erreur, écrivez-nous ici en indiquant la référence.</translation>
    </message>
    <message id="topup.paused">
        <source>Top-ups are paused for a short while. Your balance is safe and your calls go on as usual. Please try again later.</source>
        <extracomment>Instead of the amounts, while staff have paused deposits in all coins.</extracomment>
        <translation>Les rechargements sont momentanément suspendus. Votre solde est en sécurité et vos appels continuent normalement. Veuillez réessayer plus tard.</translation>
    </message>
    <message id="topup.coin_paused">
        <source>We are not taking {coin} just now. Please choose another coin, or come back a little later.</source>
        <extracomment>{coin}: the coin and its network, while staff have paused it.</extracomment>
        <translation>Nous n’acceptons pas {coin} pour le moment. Veuillez choisir une autre monnaie ou revenir un peu plus tard.</translation>
    </message>
    <message id="topup.provider_problem">
        <source>Your payment was received, but it is delayed at the payment provider. Your balance has not changed yet. You do not need to do anything: we will write to you here.</source>
        <translation>Votre paiement a été reçu, mais il est retardé chez le prestataire de paiement. Votre solde n’a pas encore changé. Vous n’avez rien à faire : nous vous écrirons ici.</translation>
    </message>
    <message id="command.start">
        <source>Open the main menu</source>
        <extracomment>Description in Telegram&apos;s command list.</extracomment>
        <translation>Ouvrir le menu principal</translation>
    </message>
    <message id="command.wallet">
        <source>Show balance and history</source>
        <translation>Voir le solde et l’historique</translation>
    </message>
    <message id="command.topup">
        <source>Add money to the wallet</source>
        <translation>Alimenter le portefeuille</translation>
    </message>
    <message id="command.language">
        <source>Change the language</source>
        <translation>Changer de langue</translation>
    </message>
    <message id="command.help">
        <source>Show all commands</source>
        <translation>Voir toutes les commandes</translation>
    </message>
    <message id="command.cancel">
        <source>Leave what you have begun</source>
        <translation>Abandonner ce que vous avez commencé</translation>
    </message>
    <message id="guard.number.good">
        <source>The number is complete and valid.</source>
        <translation>Le numéro est complet et valide.</translation>
    </message>
    <message id="guard.number.unreadable">
        <source>This is not a complete phone number. Please write it with the plus sign and the country code.</source>
        <translation>Ce n’est pas un numéro de téléphone complet. Veuillez l’écrire avec le signe plus et l’indicatif du pays.</translation>
    </message>
    <message id="guard.number.invalid">
        <source>As far as we can tell, this phone number does not exist. Please check it.</source>
        <translation>À notre connaissance, ce numéro de téléphone n’existe pas. Veuillez le vérifier.</translation>
    </message>
    <message id="guard.number.not_judged">
        <source>Not checked, because the number is not valid.</source>
        <extracomment>Stands in the list of checks for one that needs a valid number.</extracomment>
        <translation>Non vérifié, car le numéro n’est pas valide.</translation>
    </message>
    <message id="guard.line.good">
        <source>It is a line that may be called.</source>
        <translation>C’est une ligne que l’on peut appeler.</translation>
    </message>
    <message id="guard.line.emergency">
        <source>This is an emergency number. Speechcad never calls those.</source>
        <translation>C’est un numéro d’urgence. Speechcad n’appelle jamais ces numéros.</translation>
    </message>
    <message id="guard.line.short">
        <source>This is a short number for a service. Only complete phone numbers can be called.</source>
        <translation>C’est le numéro court d’un service. Seuls les numéros complets peuvent être appelés.</translation>
    </message>
    <message id="guard.line.premium">
        <source>Calls to this number cost more than usual calls. Such numbers cannot be called.</source>
        <extracomment>Premium-rate and shared-cost numbers.</extracomment>
        <translation>Les appels vers ce numéro coûtent plus cher que d’habitude. Ces numéros ne peuvent pas être appelés.</translation>
    </message>
    <message id="guard.line.special">
        <source>This number does not lead to an ordinary line, but to a pager, a mailbox or a forwarding service. Such numbers cannot be called.</source>
        <extracomment>Personal numbers, pagers, universal access numbers, voicemail.</extracomment>
        <translation>Ce numéro ne mène pas à une ligne ordinaire, mais à un récepteur d’appels, à une messagerie ou à un service de renvoi. Ces numéros ne peuvent pas être appelés.</translation>
    </message>
    <message id="guard.line.satellite">
        <source>This is a satellite number. Such numbers cannot be called.</source>
        <translation>C’est un numéro de téléphone par satellite. Ces numéros ne peuvent pas être appelés.</translation>
    </message>
    <message id="guard.region.good">
        <source>We place calls to this country or region.</source>
        <translation>Nous appelons dans ce pays ou cette région.</translation>
    </message>
    <message id="guard.region.closed">
        <source>We do not place calls to this country or region yet.</source>
        <translation>Nous n’appelons pas encore dans ce pays ou cette région.</translation>
    </message>
    <message id="guard.hours.good">
        <source>People may be called there at this hour.</source>
        <translation>On peut y appeler à cette heure.</translation>
    </message>
    <message id="guard.hours.quiet">
        <source>People there should not be disturbed at this hour. The call can be placed from {time} on.</source>
        <extracomment>{time}: date and time.</extracomment>
        <translation>On ne doit pas y déranger les gens à cette heure. L’appel pourra être passé à partir du {time}.</translation>
    </message>
    <message id="guard.hours.never">
        <source>This number may be in places so far apart that there is no hour at which all of them may be called.</source>
        <translation>Ce numéro peut se trouver dans des lieux si éloignés qu’aucune heure ne convient à tous.</translation>
    </message>
    <message id="guard.hours.unknown">
        <source>We cannot tell what time it is where this number is, so it cannot be called.</source>
        <translation>Nous ne savons pas quelle heure il est là où se trouve ce numéro : il ne peut donc pas être appelé.</translation>
    </message>
    <message id="guard.do_not_call.good">
        <source>The number is on no do-not-call list.</source>
        <translation>Le numéro n’est sur aucune liste d’opposition aux appels.</translation>
    </message>
    <message id="guard.do_not_call.listed">
        <source>This number must not be called: it is on our do-not-call list.</source>
        <extracomment>The person called may have asked for it, or staff may have listed it.</extracomment>
        <translation>Ce numéro ne doit pas être appelé : il est sur notre liste d’opposition aux appels.</translation>
    </message>
    <message id="guard.do_not_call.customer">
        <source>This number must not be called from your account.</source>
        <extracomment>Only this customer must not call the number.</extracomment>
        <translation>Ce numéro ne doit pas être appelé depuis votre compte.</translation>
    </message>
    <message id="guard.tier.good">
        <source>Your account may place this call.</source>
        <translation>Votre compte permet de passer cet appel.</translation>
    </message>
    <message id="guard.tier.destinations">
        <source>Your account has reached its limit of numbers called for the first time in one day ({limit}). You can still call numbers that you have called before.</source>
        <extracomment>{limit}: a number. A day is the last 24 hours.</extracomment>
        <translation>Votre compte a atteint sa limite de numéros appelés pour la première fois en un jour ({limit}). Vous pouvez toujours appeler les numéros que vous avez déjà appelés.</translation>
    </message>
    <message id="guard.tier.no_campaigns">
        <source>Your account cannot run campaigns yet.</source>
        <translation>Votre compte ne permet pas encore de campagnes.</translation>
    </message>
    <message id="guard.tier.recipients">
        <source>A campaign of your account may have at most {limit} recipients.</source>
        <extracomment>{limit}: a number, always more than one.</extracomment>
        <translation>Une campagne de votre compte peut avoir au plus {limit} destinataires.</translation>
    </message>
    <message id="guard.tier.contacts">
        <source>A campaign of your account may call only your own contacts.</source>
        <translation>Une campagne de votre compte ne peut appeler que vos propres contacts.</translation>
    </message>
    <message id="guard.tier.proof">
        <source>This campaign needs a file that proves that the people called have agreed.</source>
        <translation>Cette campagne demande un fichier prouvant que les personnes appelées ont donné leur accord.</translation>
    </message>
    <message id="guard.tier.review">
        <source>Our staff look at your first campaign before it starts. We will write to you here.</source>
        <translation>Notre équipe examine votre première campagne avant son départ. Nous vous écrirons ici.</translation>
    </message>
    <message id="guard.pace.good">
        <source>There have not been too many calls.</source>
        <translation>Il n’y a pas eu trop d’appels.</translation>
    </message>
    <message id="guard.pace.hour">
        <source>Your account has reached its limit of calls in one hour ({limit}). Please try again later.</source>
        <extracomment>{limit}: a number.</extracomment>
        <translation>Votre compte a atteint sa limite d’appels en une heure ({limit}). Veuillez réessayer plus tard.</translation>
    </message>
    <message id="guard.pace.day">
        <source>Your account has reached its limit of calls in one day ({limit}). Please try again tomorrow.</source>
        <extracomment>{limit}: a number. A day is the last 24 hours.</extracomment>
        <translation>Votre compte a atteint sa limite d’appels en un jour ({limit}). Veuillez réessayer demain.</translation>
    </message>
    <message id="guard.pace.destination">
        <source>This number has been called often enough for one day. Please try again tomorrow.</source>
        <extracomment>By all customers together; do not say by whom.</extracomment>
        <translation>Ce numéro a été assez souvent appelé pour un jour. Veuillez réessayer demain.</translation>
    </message>
    <message id="guard.lines.good">
        <source>A line is free for this call.</source>
        <translation>Une ligne est libre pour cet appel.</translation>
    </message>
    <message id="guard.lines.yours">
        <source>Your account has as many calls running as it may have at once. This call starts when one of them has ended.</source>
        <translation>Votre compte a déjà autant d’appels en cours qu’il peut en avoir. Cet appel commencera quand l’un d’eux sera terminé.</translation>
    </message>
    <message id="guard.lines.busy">
        <source>All our lines are busy. This call starts as soon as one is free.</source>
        <translation>Toutes nos lignes sont occupées. Cet appel commencera dès que l’une d’elles sera libre.</translation>
    </message>
    <message id="guard.money.good">
        <source>Your balance is enough. For this call, {hold} is reserved; what is not used comes back.</source>
        <extracomment>{hold}: money.</extracomment>
        <translation>Votre solde suffit. Pour cet appel, {hold} sont réservés ; ce qui n’est pas utilisé vous revient.</translation>
    </message>
    <message id="guard.money.plan">
        <source>This call is paid by the minutes of your plan.</source>
        <translation>Cet appel est payé par les minutes de votre forfait.</translation>
    </message>
    <message id="guard.money.short">
        <source>Your balance is too low even for a short call. Please top up at least {amount}.</source>
        <extracomment>{amount}: money.</extracomment>
        <translation>Votre solde ne suffit pas, même pour un appel court. Veuillez alimenter le portefeuille d’au moins {amount}.</translation>
    </message>
    <message id="guard.disclosure.good">
        <source>The call begins by saying that an AI is speaking, and how to object.</source>
        <translation>L’appel commence par dire qu’une IA parle, et comment s’y opposer.</translation>
    </message>
    <message id="guard.disclosure.language">
        <source>Every call must say at its start that an AI is speaking. We cannot say it in the language of this call yet, so it cannot be placed.</source>
        <translation>Chaque appel doit dire à son début qu’une IA parle. Nous ne pouvons pas encore le dire dans la langue de cet appel : il ne peut donc pas être passé.</translation>
    </message>
    <message id="guard.disclosure.missing">
        <source>Every call must say at its start that an AI is speaking, and this one does not. Please save the script again.</source>
        <translation>Chaque appel doit dire à son début qu’une IA parle, et celui-ci ne le fait pas. Veuillez enregistrer de nouveau le script.</translation>
    </message>
    <message id="guard.disclosure.sentence">
        <source>Hello, this is an automated call by an AI voice on behalf of {name}. To get no more such calls, say “stop calling” at any time.</source>
        <extracomment>Spoken first in every call, to the person called. {name}: who asked for the call.</extracomment>
        <translation>Bonjour, ceci est un appel automatique passé par une voix d’IA pour {name}. Pour ne plus recevoir de tels appels, dites à tout moment « ne m’appelez plus ».</translation>
    </message>
    <message id="guard.disclosure.recorded">
        <source>This call is recorded.</source>
        <extracomment>Spoken to the person called, right after guard.disclosure.sentence, in a call that is recorded.</extracomment>
        <translation>Cet appel est enregistré.</translation>
    </message>
    <message id="guard.caller_id.good">
        <source>The call shows one of our numbers.</source>
        <translation>L’appel affiche l’un de nos numéros.</translation>
    </message>
    <message id="guard.caller_id.foreign">
        <source>The call would show a number that is not ours, so it cannot be placed.</source>
        <translation>L’appel afficherait un numéro qui n’est pas le nôtre : il ne peut donc pas être passé.</translation>
    </message>
    <message id="guard.stop.good">
        <source>Calls are being placed.</source>
        <translation>Les appels sont possibles.</translation>
    </message>
    <message id="guard.stop.stopped">
        <source>All calls are stopped for the moment. Nothing was charged. Please try again later.</source>
        <translation>Tous les appels sont suspendus pour le moment. Rien n’a été facturé. Veuillez réessayer plus tard.</translation>
    </message>
    <message id="menu.button.call">
        <source>Make a call</source>
        <translation>Passer un appel</translation>
    </message>
    <message id="menu.button.scripts">
        <source>Scripts</source>
        <translation>Mes scripts</translation>
    </message>
    <message id="menu.button.history">
        <source>Past calls</source>
        <translation>Appels passés</translation>
    </message>
    <message id="command.call">
        <source>Make a call</source>
        <translation>Passer un appel</translation>
    </message>
    <message id="command.scripts">
        <source>Your scripts</source>
        <translation>Vos scripts</translation>
    </message>
    <message id="command.history">
        <source>Your past calls</source>
        <translation>Vos appels passés</translation>
    </message>
    <message id="command.stop">
        <source>Stop the call that is running</source>
        <translation>Arrêter l’appel en cours</translation>
    </message>
    <message id="script.list.title">
        <source>&lt;b&gt;Your scripts&lt;/b&gt;
Choose one to read, change or use it, or write a new one.</source>
        <translation>&lt;b&gt;Vos scripts&lt;/b&gt;
Choisissez-en un pour le lire, le modifier ou l’utiliser, ou écrivez-en un nouveau.</translation>
    </message>
    <message id="script.list.empty">
        <source>&lt;b&gt;Your scripts&lt;/b&gt;
A script tells the AI voice what to say. You have none yet: start from a template, or write one in your own words.</source>
        <translation>&lt;b&gt;Vos scripts&lt;/b&gt;
Un script dit à la voix IA ce qu’elle doit dire. Vous n’en avez pas encore : partez d’un modèle, ou écrivez-le avec vos propres mots.</translation>
    </message>
    <message id="script.title">
        <source>&lt;b&gt;{name}&lt;/b&gt; (version {version})</source>
        <extracomment>{version}: 1, 2, 3, ...: each change makes a new one.</extracomment>
        <translation>&lt;b&gt;{name}&lt;/b&gt; (version nº {version})</translation>
    </message>
    <message id="script.draft">
        <source>&lt;b&gt;{name}&lt;/b&gt;
This is your script. Save it, or change what is not right yet.</source>
        <translation>&lt;b&gt;{name}&lt;/b&gt;
Voici votre script. Enregistrez-le, ou changez ce qui ne va pas encore.</translation>
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
        <translation>Nom</translation>
    </message>
    <message id="script.button.field.purpose">
        <source>Purpose</source>
        <translation>Motif</translation>
    </message>
    <message id="script.button.field.language">
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message id="script.button.field.voice">
        <source>Voice</source>
        <translation>Voix</translation>
    </message>
    <message id="script.button.field.opening">
        <source>First words</source>
        <translation>Premiers mots</translation>
    </message>
    <message id="script.button.field.goal">
        <source>Goal</source>
        <translation>Objectif</translation>
    </message>
    <message id="script.button.field.facts">
        <source>Facts</source>
        <translation>Informations</translation>
    </message>
    <message id="script.button.field.questions">
        <source>Questions</source>
        <translation>Questions à poser</translation>
    </message>
    <message id="script.button.field.stop_when">
        <source>When to stop</source>
        <translation>Quand arrêter</translation>
    </message>
    <message id="script.ask.name">
        <source>What is the script to be called? Only you see this name.</source>
        <translation>Comment s’appelle ce script ? Vous seul verrez ce nom.</translation>
    </message>
    <message id="script.ask.purpose">
        <source>Why is the call made? One sentence, for example: to confirm an appointment.</source>
        <translation>Pourquoi cet appel ? Une phrase, par exemple : pour confirmer un rendez-vous.</translation>
    </message>
    <message id="script.ask.language">
        <source>In which language is the person called?</source>
        <translation>Dans quelle langue faut-il parler à la personne appelée ?</translation>
    </message>
    <message id="script.ask.voice">
        <source>Which voice speaks?</source>
        <translation>Quelle voix parle ?</translation>
    </message>
    <message id="script.ask.opening">
        <source>What does the voice say first? Before it, each call says that an AI is calling for you; that cannot be changed.</source>
        <translation>Que dit la voix en premier ? Avant cela, chaque appel annonce qu’une IA appelle pour vous ; cela ne peut pas être changé.</translation>
    </message>
    <message id="script.ask.goal">
        <source>What is to be reached in the call? Say it as you would to an assistant.</source>
        <translation>Quel est le but de l’appel ? Dites-le comme à un assistant.</translation>
    </message>
    <message id="script.ask.facts">
        <source>Which facts may the voice tell? For example dates, places and names. Never passwords, codes or card numbers.</source>
        <translation>Quelles informations la voix peut-elle donner ? Par exemple des dates, des lieux, des noms. Jamais de mots de passe, de codes ni de numéros de carte.</translation>
    </message>
    <message id="script.ask.questions">
        <source>What is to be found out? One question a line, at most {maximum}. You may put a short name and a colon before each: the answer is shown under it.</source>
        <extracomment>{maximum}: a number.</extracomment>
        <translation>Que faut-il apprendre ? Une question par ligne, {maximum} au plus. Vous pouvez mettre un nom court et deux-points devant chacune : la réponse apparaîtra sous ce nom.</translation>
    </message>
    <message id="script.ask.stop_when">
        <source>When is the voice to end the call? It always ends when the person wants no call.</source>
        <translation>Quand la voix doit-elle terminer l’appel ? Elle termine toujours quand la personne ne veut pas d’appel.</translation>
    </message>
    <message id="script.bad.text">
        <source>That does not fit here. Please write at least a word and at most {maximum} characters.</source>
        <extracomment>{maximum}: a number, at least 60.</extracomment>
        <translation>Cela ne convient pas ici. Écrivez au moins un mot et au plus {maximum} caractères.</translation>
    </message>
    <message id="script.bad.questions">
        <source>Please write at most {maximum} questions, one a line, and each not longer than a sentence or two.</source>
        <translation>Écrivez au plus {maximum} questions, une par ligne, chacune d’une phrase ou deux.</translation>
    </message>
    <message id="script.button.from_template">
        <source>From a template</source>
        <translation>À partir d’un modèle</translation>
    </message>
    <message id="script.button.own_words">
        <source>In my own words</source>
        <translation>Avec mes propres mots</translation>
    </message>
    <message id="script.button.empty">
        <source>Leave it empty</source>
        <translation>Laisser vide</translation>
    </message>
    <message id="script.button.save">
        <source>Save the script</source>
        <translation>Enregistrer le script</translation>
    </message>
    <message id="script.button.call">
        <source>Make a call with it</source>
        <translation>Appeler avec ce script</translation>
    </message>
    <message id="script.button.show">
        <source>Show the script</source>
        <translation>Voir le script</translation>
    </message>
    <message id="script.button.edit">
        <source>Change</source>
        <translation>Modifier</translation>
    </message>
    <message id="script.button.delete">
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message id="script.button.retry">
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message id="script.saved">
        <source>Saved. &lt;b&gt;{name}&lt;/b&gt; is being prepared, which takes a few seconds. You will hear when it can be used.</source>
        <translation>Enregistré. &lt;b&gt;{name}&lt;/b&gt; est en préparation, cela prend quelques secondes. Vous serez prévenu dès qu’il pourra servir.</translation>
    </message>
    <message id="script.ready">
        <source>&lt;b&gt;{name}&lt;/b&gt; is ready.</source>
        <extracomment>{name}: of a script.</extracomment>
        <translation>&lt;b&gt;{name}&lt;/b&gt; est prêt.</translation>
    </message>
    <message id="script.failed">
        <source>&lt;b&gt;{name}&lt;/b&gt; could not be prepared. Nothing was charged. You can try again, or change the script.</source>
        <translation>&lt;b&gt;{name}&lt;/b&gt; n’a pas pu être préparé. Rien n’a été débité. Vous pouvez réessayer, ou modifier le script.</translation>
    </message>
    <message id="script.making">
        <source>It is being prepared and can be used in a few seconds.</source>
        <translation>Il est en préparation et pourra servir dans quelques secondes.</translation>
    </message>
    <message id="script.not_made">
        <source>It could not be prepared, so no call can be made with it.</source>
        <translation>Il n’a pas pu être préparé, aucun appel ne peut donc être passé avec lui.</translation>
    </message>
    <message id="script.edit.choose">
        <source>What is to change in &lt;b&gt;{name}&lt;/b&gt;? Calls that are over keep the words they were made with.</source>
        <translation>Que faut-il changer dans &lt;b&gt;{name}&lt;/b&gt; ? Les appels terminés gardent les mots d’alors.</translation>
    </message>
    <message id="script.edit.now">
        <source>Until now: {value}</source>
        <extracomment>{value}: what the script says there.</extracomment>
        <translation>Jusqu’à présent : {value}</translation>
    </message>
    <message id="script.delete.sure">
        <source>Delete &lt;b&gt;{name}&lt;/b&gt;? Your past calls with it stay in your list.</source>
        <translation>Supprimer &lt;b&gt;{name}&lt;/b&gt; ? Vos appels passés avec lui restent dans votre liste.</translation>
    </message>
    <message id="script.limit.scripts">
        <source>You have {maximum} scripts already. Please delete one first.</source>
        <extracomment>{maximum}: a number, more than one.</extracomment>
        <translation>Vous avez déjà {maximum} scripts. Supprimez-en un d’abord.</translation>
    </message>
    <message id="script.limit.versions">
        <source>Your scripts have changed very often today. Please go on tomorrow.</source>
        <translation>Vos scripts ont été modifiés très souvent aujourd’hui. Continuez demain.</translation>
    </message>
    <message id="script.template.choose">
        <source>What kind of call is it? You can change everything afterwards.</source>
        <translation>De quel appel s’agit-il ? Vous pourrez tout changer ensuite.</translation>
    </message>
    <message id="script.template.button.reminder">
        <source>Confirm an appointment</source>
        <translation>Confirmer un rendez-vous</translation>
    </message>
    <message id="script.template.button.booking">
        <source>Book a table or a room</source>
        <translation>Réserver une table ou une chambre</translation>
    </message>
    <message id="script.template.button.enquiry">
        <source>Ask for information</source>
        <translation>Demander un renseignement</translation>
    </message>
    <message id="script.template.button.feedback">
        <source>Ask how it was</source>
        <translation>Demander un avis</translation>
    </message>
    <message id="script.template.reminder.purpose">
        <source>To confirm an appointment.</source>
        <translation>Confirmer un rendez-vous.</translation>
    </message>
    <message id="script.template.reminder.opening">
        <source>I am calling about your appointment. Do you have a moment?</source>
        <extracomment>Spoken by the AI voice, after it has said who calls.</extracomment>
        <translation>Je vous appelle au sujet de votre rendez-vous. Avez-vous un instant ?</translation>
    </message>
    <message id="script.template.reminder.goal">
        <source>Say when and where the appointment is, and find out whether the person will come. If not, ask which other day suits them.</source>
        <translation>Dire quand et où a lieu le rendez-vous, et savoir si la personne viendra. Sinon, demander quel autre jour lui convient.</translation>
    </message>
    <message id="script.template.reminder.questions">
        <source>Coming: Will you come to the appointment?
Other day: Which other day would suit you?</source>
        <extracomment>One question a line: a short name, a colon, the question.</extracomment>
        <translation>Présence : viendrez-vous au rendez-vous ?
Autre jour : quel autre jour vous conviendrait ?</translation>
    </message>
    <message id="script.template.booking.purpose">
        <source>To book a table or a room.</source>
        <translation>Réserver une table ou une chambre.</translation>
    </message>
    <message id="script.template.booking.opening">
        <source>I would like to make a booking, please.</source>
        <translation>Je voudrais faire une réservation, s’il vous plaît.</translation>
    </message>
    <message id="script.template.booking.goal">
        <source>Book as the facts say. If that is not free, ask for the nearest free time, and do not accept it but say that we call back.</source>
        <translation>Réserver selon les informations. Si ce n’est pas libre, demander l’horaire libre le plus proche, sans l’accepter, et dire que nous rappellerons.</translation>
    </message>
    <message id="script.template.booking.questions">
        <source>Booked: Is the booking confirmed?
Other time: Which time is free?
Name: Under which name is it booked?</source>
        <translation>Réservé : la réservation est-elle confirmée ?
Autre horaire : quel horaire est libre ?
Nom : à quel nom est la réservation ?</translation>
    </message>
    <message id="script.template.enquiry.purpose">
        <source>To ask a business for information.</source>
        <translation>Demander un renseignement à une entreprise.</translation>
    </message>
    <message id="script.template.enquiry.opening">
        <source>I have a short question, if I may.</source>
        <translation>J’aurais une petite question, si vous permettez.</translation>
    </message>
    <message id="script.template.enquiry.goal">
        <source>Ask what the facts say, and note the answer exactly. Ask again once if it is not clear.</source>
        <translation>Poser la question des informations et noter la réponse avec précision. Reposer la question une fois si elle n’est pas claire.</translation>
    </message>
    <message id="script.template.enquiry.questions">
        <source>Answer: What is the answer to the question?
Contact: Who can be asked for more?</source>
        <translation>Réponse : quelle est la réponse à la question ?
Contact : à qui s’adresser pour en savoir plus ?</translation>
    </message>
    <message id="script.template.feedback.purpose">
        <source>To ask a customer how satisfied they are.</source>
        <translation>Demander à un client s’il est satisfait.</translation>
    </message>
    <message id="script.template.feedback.opening">
        <source>You were our customer lately, and we would like to know how it was. May I ask two short questions?</source>
        <translation>Vous avez été notre client récemment, et nous aimerions savoir comment cela s’est passé. Puis-je poser deux courtes questions ?</translation>
    </message>
    <message id="script.template.feedback.goal">
        <source>Find out how satisfied the person is and what should be better. Thank them, and do not sell anything.</source>
        <translation>Savoir si la personne est satisfaite et ce qui pourrait être mieux. La remercier, et ne rien vendre.</translation>
    </message>
    <message id="script.template.feedback.questions">
        <source>Satisfied: How satisfied are you?
Better: What should we do better?</source>
        <translation>Satisfaction : êtes-vous satisfait ?
À améliorer : que devrions-nous mieux faire ?</translation>
    </message>
    <message id="script.template.stop_when">
        <source>When the questions are answered, or the person has no time.</source>
        <translation>Quand les questions ont reçu une réponse, ou que la personne n’a pas le temps.</translation>
    </message>
    <message id="call.choose_script">
        <source>&lt;b&gt;Make a call&lt;/b&gt;
Which script is it for?</source>
        <translation>&lt;b&gt;Passer un appel&lt;/b&gt;
Avec quel script ?</translation>
    </message>
    <message id="call.no_script">
        <source>&lt;b&gt;Make a call&lt;/b&gt;
First the AI voice needs a script. Start from a template: that takes a minute.</source>
        <translation>&lt;b&gt;Passer un appel&lt;/b&gt;
La voix IA a d’abord besoin d’un script. Partez d’un modèle : cela prend une minute.</translation>
    </message>
    <message id="call.script_not_ready">
        <source>&lt;b&gt;{name}&lt;/b&gt; is still being prepared. You will hear when it can be used.</source>
        <translation>&lt;b&gt;{name}&lt;/b&gt; est encore en préparation. Vous serez prévenu dès qu’il pourra servir.</translation>
    </message>
    <message id="call.ask_number">
        <source>Whom shall we call? Write the number with the plus sign and the country code, share a contact, or choose one.</source>
        <translation>Qui faut-il appeler ? Écrivez le numéro avec le signe plus et l’indicatif du pays, partagez un contact, ou choisissez-en un.</translation>
    </message>
    <message id="call.ask_number.first">
        <source>Your first call goes to your own number, so that you hear what others will hear. Please choose it.</source>
        <translation>Votre premier appel va à votre propre numéro, pour que vous entendiez ce que les autres entendront. Choisissez-le.</translation>
    </message>
    <message id="call.share_own">
        <source>Please press the button below the chat: Telegram then tells us your own number.</source>
        <translation>Appuyez sur le bouton sous la discussion : Telegram nous indique alors votre propre numéro.</translation>
    </message>
    <message id="call.share_own.first">
        <source>Your first call goes to your own number, so that you hear what others will hear. Please press the button below the chat: Telegram then tells us your number.</source>
        <translation>Votre premier appel va à votre propre numéro, pour que vous entendiez ce que les autres entendront. Appuyez sur le bouton sous la discussion : Telegram nous indique alors votre numéro.</translation>
    </message>
    <message id="call.bad_number">
        <source>That is no complete phone number. Please write it with the plus sign and the country code.</source>
        <translation>Ce n’est pas un numéro de téléphone complet. Écrivez-le avec le signe plus et l’indicatif du pays.</translation>
    </message>
    <message id="call.ask_consent">
        <source>Why may {number} be called by an AI voice? You answer for what you say here.</source>
        <extracomment>{number}: a phone number.</extracomment>
        <translation>Pourquoi une voix IA peut-elle appeler le {number} ? Vous répondez de ce que vous indiquez ici.</translation>
    </message>
    <message id="call.button.consent.know">
        <source>We know each other, and it is all right</source>
        <translation>Nous nous connaissons, c’est d’accord</translation>
    </message>
    <message id="call.button.consent.written">
        <source>They agreed in writing</source>
        <translation>Il y a un accord écrit</translation>
    </message>
    <message id="call.button.consent.own">
        <source>It is my own number</source>
        <translation>C’est mon propre numéro</translation>
    </message>
    <message id="call.button.consent.none">
        <source>None of these</source>
        <translation>Rien de tout cela</translation>
    </message>
    <message id="call.button.own_number">
        <source>Call my own number</source>
        <translation>Appeler mon propre numéro</translation>
    </message>
    <message id="call.button.share_number">
        <source>Share my number</source>
        <translation>Partager mon numéro</translation>
    </message>
    <message id="call.summary">
        <source>&lt;b&gt;{script}&lt;/b&gt; to &lt;b&gt;{number}&lt;/b&gt;</source>
        <translation>&lt;b&gt;{script}&lt;/b&gt; au &lt;b&gt;{number}&lt;/b&gt;</translation>
    </message>
    <message id="call.allowed">
        <source>This call may be placed now.</source>
        <translation>Cet appel peut être passé maintenant.</translation>
    </message>
    <message id="call.queued">
        <source>This call can be placed, but not at once. It starts by itself as soon as it may:</source>
        <translation>Cet appel peut être passé, mais pas tout de suite. Il commence de lui-même dès que possible :</translation>
    </message>
    <message id="call.refused">
        <source>This call cannot be placed:</source>
        <translation>Cet appel ne peut pas être passé :</translation>
    </message>
    <message id="call.price">
        <source>Price: {rate} a minute.
An expected {expected} min: {expected_price}.
The longest {longest} min: {longest_price}. That much is reserved, and what is not used comes back.</source>
        <extracomment>{expected} and {longest}: minutes and seconds, as 3:05. The others are money.</extracomment>
        <translation>Prix : {rate} la minute.
Durée attendue {expected} min : {expected_price}.
Au plus long {longest} min : {longest_price}. Cette somme est réservée, et ce qui n’est pas utilisé revient.</translation>
    </message>
    <message id="call.recording_fee">
        <source>It is recorded for {fee}, and the person called is told so.</source>
        <translation>L’appel est enregistré pour {fee}, et la personne appelée en est informée.</translation>
    </message>
    <message id="call.button.go">
        <source>Call now</source>
        <translation>Appeler maintenant</translation>
    </message>
    <message id="call.button.go_later">
        <source>Call as soon as possible</source>
        <translation>Appeler dès que possible</translation>
    </message>
    <message id="call.button.record.on">
        <source>Record this call</source>
        <translation>Enregistrer cet appel</translation>
    </message>
    <message id="call.button.record.off">
        <source>Do not record</source>
        <translation>Ne pas enregistrer</translation>
    </message>
    <message id="call.button.other_number">
        <source>Another number</source>
        <translation>Un autre numéro</translation>
    </message>
    <message id="call.button.again">
        <source>Check again</source>
        <translation>Vérifier à nouveau</translation>
    </message>
    <message id="call.asked">
        <source>Confirmed: the call to {number} is on its way.</source>
        <translation>C’est confirmé : l’appel au {number} part.</translation>
    </message>
    <message id="call.nothing_to_stop">
        <source>No call of yours is running.</source>
        <translation>Aucun de vos appels n’est en cours.</translation>
    </message>
    <message id="call.stopping">
        <source>The call is being stopped.</source>
        <translation>L’appel est en train d’être arrêté.</translation>
    </message>
    <message id="history.title">
        <source>&lt;b&gt;Past calls&lt;/b&gt;</source>
        <translation>&lt;b&gt;Appels passés&lt;/b&gt;</translation>
    </message>
    <message id="history.empty">
        <source>&lt;b&gt;Past calls&lt;/b&gt;
There are none yet.</source>
        <translation>&lt;b&gt;Appels passés&lt;/b&gt;
Il n’y en a pas encore.</translation>
    </message>
    <message id="history.line">
        <source>{time}: {number}, {outcome}, {price}</source>
        <extracomment>{outcome}: one of the history.outcome texts.</extracomment>
        <translation>{time} : {number}, {outcome}, {price}</translation>
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
Résultat : {outcome}
Durée : {duration} min
Débité : {price}</translation>
    </message>
    <message id="history.summary">
        <source>&lt;b&gt;Summary&lt;/b&gt;
{summary}</source>
        <translation>&lt;b&gt;Résumé&lt;/b&gt;
{summary}</translation>
    </message>
    <message id="history.answer">
        <source>&lt;b&gt;{question}&lt;/b&gt;: {answer}</source>
        <translation>&lt;b&gt;{question}&lt;/b&gt; : {answer}</translation>
    </message>
    <message id="history.transcript.title">
        <source>&lt;b&gt;What was said with {number}&lt;/b&gt;</source>
        <translation>&lt;b&gt;Ce qui s’est dit avec le {number}&lt;/b&gt;</translation>
    </message>
    <message id="history.transcript.voice">
        <source>&lt;b&gt;Voice:&lt;/b&gt; {words}</source>
        <extracomment>The AI voice speaks.</extracomment>
        <translation>&lt;b&gt;Voix :&lt;/b&gt; {words}</translation>
    </message>
    <message id="history.transcript.person">
        <source>&lt;b&gt;Person:&lt;/b&gt; {words}</source>
        <extracomment>The person called speaks.</extracomment>
        <translation>&lt;b&gt;Personne :&lt;/b&gt; {words}</translation>
    </message>
    <message id="history.transcript.cut">
        <source>The rest is too long to be shown here.</source>
        <translation>La suite est trop longue pour être affichée ici.</translation>
    </message>
    <message id="history.button.older">
        <source>Older calls</source>
        <translation>Appels plus anciens</translation>
    </message>
    <message id="history.button.transcript">
        <source>What was said</source>
        <translation>Ce qui s’est dit</translation>
    </message>
    <message id="history.button.again">
        <source>Call again</source>
        <translation>Rappeler</translation>
    </message>
    <message id="history.button.problem">
        <source>Report a problem</source>
        <translation>Signaler un problème</translation>
    </message>
    <message id="problem.ask">
        <source>What went wrong with the call to {number} ({time})? You paid {price} for it.</source>
        <translation>Qu’est-ce qui n’a pas marché pendant l’appel vers {number} ({time}) ? Vous l’avez payé {price}.</translation>
    </message>
    <message id="problem.reason.bad_audio">
        <source>The sound was bad</source>
        <translation>Le son était mauvais</translation>
    </message>
    <message id="problem.reason.ai_malfunction">
        <source>The voice did not follow the script</source>
        <translation>La voix n’a pas suivi le script</translation>
    </message>
    <message id="problem.reason.not_answered_but_charged">
        <source>Nobody answered, but I paid</source>
        <translation>Personne n’a répondu, mais j’ai payé</translation>
    </message>
    <message id="problem.reason.overcharged">
        <source>It cost too much</source>
        <translation>C’était trop cher</translation>
    </message>
    <message id="problem.reason.other">
        <source>Something else</source>
        <translation>Autre chose</translation>
    </message>
    <message id="problem.words">
        <source>Please write in one message what went wrong, in at most {characters} characters.</source>
        <translation>Décrivez le problème en un seul message de {characters} caractères au plus.</translation>
    </message>
    <message id="problem.thanks">
        <source>Thank you. A person looks at this call and you hear from us here. Money that comes back goes to your wallet.</source>
        <translation>Merci. Une personne examine cet appel et nous vous répondrons ici. L’argent remboursé revient dans votre portefeuille.</translation>
    </message>
    <message id="problem.already">
        <source>You have reported this call. A person looks at it, and you hear from us here.</source>
        <translation>Vous avez déjà signalé cet appel. Une personne l’examine et nous vous répondrons ici.</translation>
    </message>
    <message id="problem.too_late">
        <source>A problem can be reported within seven days of a call. This one is older.</source>
        <translation>Un problème peut être signalé dans les sept jours qui suivent l’appel. Celui-ci est plus ancien.</translation>
    </message>
    <message id="problem.nothing_paid">
        <source>Nothing was charged for this call, so there is nothing to give back.</source>
        <translation>Cet appel n’a rien coûté : il n’y a donc rien à rembourser.</translation>
    </message>
    <message id="history.outcome.waiting">
        <source>waiting</source>
        <extracomment>How a call went, in a line of the list.</extracomment>
        <translation>en attente</translation>
    </message>
    <message id="history.outcome.dialling">
        <source>being called</source>
        <translation>appel en cours de numérotation</translation>
    </message>
    <message id="history.outcome.talking">
        <source>talking</source>
        <translation>en conversation</translation>
    </message>
    <message id="history.outcome.talked">
        <source>talked</source>
        <translation>conversation terminée</translation>
    </message>
    <message id="history.outcome.mailbox">
        <source>a mailbox answered</source>
        <translation>messagerie vocale</translation>
    </message>
    <message id="history.outcome.longest">
        <source>ended at its longest</source>
        <translation>arrêté à sa durée maximale</translation>
    </message>
    <message id="history.outcome.busy">
        <source>busy</source>
        <translation>occupé</translation>
    </message>
    <message id="history.outcome.no_answer">
        <source>no answer</source>
        <translation>pas de réponse</translation>
    </message>
    <message id="history.outcome.declined">
        <source>declined</source>
        <translation>refusé par la personne</translation>
    </message>
    <message id="history.outcome.wrong_number">
        <source>the number does not exist</source>
        <translation>numéro inexistant</translation>
    </message>
    <message id="history.outcome.not_connected">
        <source>not connected</source>
        <translation>non abouti</translation>
    </message>
    <message id="history.outcome.failed">
        <source>failed on our side</source>
        <translation>échec de notre côté</translation>
    </message>
    <message id="history.outcome.refused">
        <source>not placed</source>
        <translation>non passé</translation>
    </message>
    <message id="history.outcome.cancelled">
        <source>cancelled</source>
        <translation>annulé</translation>
    </message>
    <message id="call.live.asked">
        <source>Your call to &lt;b&gt;{number}&lt;/b&gt; is being prepared.</source>
        <extracomment>{number}: the number called.</extracomment>
        <translation>Votre appel au &lt;b&gt;{number}&lt;/b&gt; est en préparation.</translation>
    </message>
    <message id="call.live.queued">
        <source>Your call to &lt;b&gt;{number}&lt;/b&gt; is waiting.</source>
        <extracomment>{number}: the number called. Below it: what it waits for.</extracomment>
        <translation>Votre appel au &lt;b&gt;{number}&lt;/b&gt; est en attente.</translation>
    </message>
    <message id="call.live.dialling">
        <source>Calling &lt;b&gt;{number}&lt;/b&gt;…</source>
        <extracomment>{number}: the number called.</extracomment>
        <translation>Appel du &lt;b&gt;{number}&lt;/b&gt; en cours…</translation>
    </message>
    <message id="call.live.unknown">
        <source>Call to &lt;b&gt;{number}&lt;/b&gt;: the phone provider has not answered. We are checking whether the call goes through. You pay nothing for a call that was not placed.</source>
        <extracomment>The provider has not said whether it dials. {number}: the number called.</extracomment>
        <translation>Appel au &lt;b&gt;{number}&lt;/b&gt; : l’opérateur n’a pas répondu. Nous vérifions si l’appel a bien été lancé. Un appel qui n’a pas été lancé ne vous coûte rien.</translation>
    </message>
    <message id="call.live.talking">
        <source>Talking with &lt;b&gt;{number}&lt;/b&gt; for {duration}.
Cost so far: {amount} of {hold} reserved.</source>
        <extracomment>{number}: the number called. {duration}: minutes and seconds, 1:40. {amount}, {hold}: money.</extracomment>
        <translation>En conversation avec le &lt;b&gt;{number}&lt;/b&gt; depuis {duration}.
Coût à ce stade : {amount} sur {hold} réservés.</translation>
    </message>
    <message id="call.live.ending">
        <source>The call to &lt;b&gt;{number}&lt;/b&gt; is being ended…</source>
        <extracomment>{number}: the number called.</extracomment>
        <translation>L’appel au &lt;b&gt;{number}&lt;/b&gt; est en train de se terminer…</translation>
    </message>
    <message id="call.live.cancelled">
        <source>The call to &lt;b&gt;{number}&lt;/b&gt; was cancelled before it was placed. Nothing was charged.</source>
        <extracomment>{number}: the number called.</extracomment>
        <translation>L’appel au &lt;b&gt;{number}&lt;/b&gt; a été annulé avant d’être lancé. Rien n’a été facturé.</translation>
    </message>
    <message id="call.live.over">
        <source>&lt;b&gt;Call to {number}&lt;/b&gt;</source>
        <extracomment>{number}: the number called. Below it: how it ended and what it cost.</extracomment>
        <translation>&lt;b&gt;Appel au {number}&lt;/b&gt;</translation>
    </message>
    <message id="call.button.stop">
        <source>Stop the call</source>
        <translation>Arrêter l’appel</translation>
    </message>
    <message id="call.money.charged">
        <source>Charged: {amount} for {duration}. Of the reserve, {rest} came back to your balance. Reference: {transfer}.</source>
        <extracomment>{duration}: minutes and seconds that are paid. {amount}, {rest}: money. {transfer}: T-12.</extracomment>
        <translation>Facturé : {amount} pour {duration}. Sur la somme réservée, {rest} sont revenus sur votre solde. Référence : {transfer}.</translation>
    </message>
    <message id="call.money.released">
        <source>Nothing was charged. The reserved {amount} came back to your balance. Reference: {transfer}.</source>
        <extracomment>{amount}: money. {transfer}: T-12.</extracomment>
        <translation>Rien n’a été facturé. Les {amount} réservés sont revenus sur votre solde. Référence : {transfer}.</translation>
    </message>
    <message id="call.money.nothing">
        <source>Nothing was charged.</source>
        <translation>Rien n’a été facturé.</translation>
    </message>
    <message id="call.end.completed">
        <source>The call is over.</source>
        <translation>L’appel est terminé.</translation>
    </message>
    <message id="call.end.voicemail">
        <source>A voicemail answered.</source>
        <translation>Un répondeur a décroché.</translation>
    </message>
    <message id="call.end.machine">
        <source>An automatic phone menu answered.</source>
        <extracomment>An automatic menu, not a person.</extracomment>
        <translation>Un serveur vocal a décroché.</translation>
    </message>
    <message id="call.end.silence">
        <source>The call ended because nobody spoke for a long time.</source>
        <translation>L’appel s’est terminé car personne n’a parlé pendant longtemps.</translation>
    </message>
    <message id="call.end.longest">
        <source>The call reached the longest duration that was reserved for it.</source>
        <translation>L’appel a atteint la durée maximale réservée.</translation>
    </message>
    <message id="call.end.stopped">
        <source>The call was stopped.</source>
        <translation>L’appel a été arrêté.</translation>
    </message>
    <message id="call.end.busy">
        <source>The line was busy.</source>
        <translation>La ligne était occupée.</translation>
    </message>
    <message id="call.end.no_answer">
        <source>Nobody answered.</source>
        <translation>Personne n’a répondu.</translation>
    </message>
    <message id="call.end.declined">
        <source>The call was declined.</source>
        <translation>L’appel a été refusé par le destinataire.</translation>
    </message>
    <message id="call.end.blocked">
        <source>The phone network of the person called did not let the call through.</source>
        <extracomment>By the callee's network.</extracomment>
        <translation>Le réseau téléphonique du destinataire n’a pas laissé passer l’appel.</translation>
    </message>
    <message id="call.end.invalid">
        <source>This number does not exist or cannot be called.</source>
        <translation>Ce numéro n’existe pas ou ne peut pas être appelé.</translation>
    </message>
    <message id="call.end.unreachable">
        <source>The number could not be reached.</source>
        <translation>Le numéro n’a pas pu être joint.</translation>
    </message>
    <message id="call.end.scam">
        <source>The phone provider ended the call because of what was said in it.</source>
        <translation>L’opérateur a mis fin à l’appel à cause de ce qui y a été dit.</translation>
    </message>
    <message id="call.end.provider">
        <source>The call failed at the phone provider.</source>
        <extracomment>A fault at the phone provider; nothing is charged.</extracomment>
        <translation>L’appel a échoué chez l’opérateur.</translation>
    </message>
    <message id="call.end.not_placed">
        <source>The call could not be placed. Please try again later.</source>
        <translation>L’appel n’a pas pu être lancé. Veuillez réessayer plus tard.</translation>
    </message>
    <message id="call.end.script">
        <source>The script could not be prepared for a call. Please save it again or choose another one.</source>
        <translation>Le script n’a pas pu être préparé pour un appel. Veuillez l’enregistrer à nouveau ou en choisir un autre.</translation>
    </message>
    <message id="call.end.waited_too_long">
        <source>The call waited for a day and was not placed.</source>
        <translation>L’appel a attendu une journée et n’a pas été lancé.</translation>
    </message>
    <message id="call.end.refused">
        <source>This call cannot be placed.</source>
        <translation>Cet appel ne peut pas être lancé.</translation>
    </message>
    <message id="call.end.summary">
        <source>&lt;b&gt;Summary&lt;/b&gt;
{summary}</source>
        <extracomment>{summary}: a few sentences by the provider's analysis.</extracomment>
        <translation>&lt;b&gt;Résumé&lt;/b&gt;
{summary}</translation>
    </message>
    <message id="call.end.transcript">
        <source>&lt;b&gt;What was said&lt;/b&gt;
{transcript}</source>
        <extracomment>{transcript}: what was said, a line each.</extracomment>
        <translation>&lt;b&gt;Ce qui a été dit&lt;/b&gt;
{transcript}</translation>
    </message>
    <message id="wallet.kind.hold">
        <source>Reserved for a call</source>
        <translation>Réservé pour un appel</translation>
    </message>
    <message id="wallet.kind.charge">
        <source>Rest after a call</source>
        <extracomment>What was reserved for the call and not used comes back.</extracomment>
        <translation>Reste après un appel</translation>
    </message>
    <message id="wallet.kind.release">
        <source>Reservation given back</source>
        <translation>Réservation rendue</translation>
    </message>
    <message id="wallet.kind.refund">
        <source>Refund</source>
        <translation>Remboursement</translation>
    </message>
    <message id="call.money.plan">
        <source>Minutes of your plan: {duration}.</source>
        <extracomment>{duration}: minutes and seconds of the call that the plan paid for.</extracomment>
        <translation>Minutes de votre forfait : {duration}.</translation>
    </message>
    <message id="call.plan_minutes">
        <source>Of these, the first {duration} min are minutes of your plan and cost nothing.</source>
        <extracomment>Below the price. {duration}: minutes and seconds, as 2:00.</extracomment>
        <translation>Les {duration} premières minutes sont celles de votre forfait et ne coûtent rien.</translation>
    </message>
    <message id="wallet.kind.plan">
        <source>Plan</source>
        <translation>Forfait</translation>
    </message>
    <message id="menu.button.plan">
        <source>Plan</source>
        <translation>Forfait</translation>
    </message>
    <message id="command.plan">
        <source>Your plan and its minutes</source>
        <translation>Votre forfait et ses minutes</translation>
    </message>
    <message id="plan.bought">
        <source>&lt;b&gt;{plan} is yours until {until}.&lt;/b&gt;
It has {minutes} minutes of calls to the United States and Canada.
Paid: {amount}. Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{plan}: Prime, Elite or Ultra. {minutes}: a number. {until}: the end of what was paid. {transfer}: T-12.</extracomment>
        <translation>&lt;b&gt;{plan} est à vous jusqu’au {until}.&lt;/b&gt;
Il comprend {minutes} minutes d’appels vers les États-Unis et le Canada.
Payé : {amount}. Référence : &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="plan.credited">
        <source>For what was left of your plan before, {amount} came back to your wallet.</source>
        <extracomment>{amount}: money that came back for the plan of before.</extracomment>
        <translation>Pour ce qui restait de votre forfait précédent, {amount} sont revenus dans votre portefeuille.</translation>
    </message>
    <message id="plan.renewed">
        <source>&lt;b&gt;{plan} was renewed until {until}.&lt;/b&gt;
It has {minutes} minutes of calls to the United States and Canada.
Paid: {amount}. Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>As plan.bought, for a further period.</extracomment>
        <translation>&lt;b&gt;{plan} a été renouvelé jusqu’au {until}.&lt;/b&gt;
Il comprend {minutes} minutes d’appels vers les États-Unis et le Canada.
Payé : {amount}. Référence : &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="plan.notice.ends">
        <source>Your plan {plan} ends on {until}. After that you are on Free. To keep it, turn on renewal.</source>
        <extracomment>A day before the end, when the plan does not renew.</extracomment>
        <translation>Votre forfait {plan} se termine le {until}. Vous passerez ensuite au forfait gratuit. Pour le garder, activez le renouvellement.</translation>
    </message>
    <message id="plan.notice.renews">
        <source>Your plan {plan} renews on {until} for {price}, from your wallet.</source>
        <extracomment>A day before the end, when the plan renews. {price}: what will be paid.</extracomment>
        <translation>Votre forfait {plan} se renouvelle le {until} pour {price}, payés par votre portefeuille.</translation>
    </message>
    <message id="plan.notice.short">
        <source>For that, {amount} is still missing in your wallet.</source>
        <extracomment>{amount}: what is missing in the wallet.</extracomment>
        <translation>Pour cela, il manque encore {amount} dans votre portefeuille.</translation>
    </message>
    <message id="plan.short">
        <source>&lt;b&gt;Your plan {plan} could not be renewed.&lt;/b&gt;
It costs {price}, and {amount} is missing in your wallet. We try again on {time}. Until then you have no plan minutes.</source>
        <extracomment>The renewal could not be paid. {time}: the next try.</extracomment>
        <translation>&lt;b&gt;Votre forfait {plan} n’a pas pu être renouvelé.&lt;/b&gt;
Il coûte {price} et il manque {amount} dans votre portefeuille. Nous réessaierons le {time}. D’ici là, vous n’avez pas de minutes de forfait.</translation>
    </message>
    <message id="plan.ended.unpaid">
        <source>Your plan {plan} has ended, because it could not be paid. You are on Free now; your balance and your scripts stay.</source>
        <extracomment>After the last try.</extracomment>
        <translation>Votre forfait {plan} est terminé, car il n’a pas pu être payé. Vous êtes maintenant au forfait gratuit ; votre solde et vos scripts restent.</translation>
    </message>
    <message id="plan.ended.expired">
        <source>Your plan {plan} has ended. You are on Free now.</source>
        <extracomment>It was not to renew.</extracomment>
        <translation>Votre forfait {plan} est terminé. Vous êtes maintenant au forfait gratuit.</translation>
    </message>
    <message id="plan.ended.cancelled">
        <source>Your plan {plan} has ended, as you wished. You are on Free now.</source>
        <extracomment>The customer had cancelled it.</extracomment>
        <translation>Votre forfait {plan} est terminé, comme vous le vouliez. Vous êtes maintenant au forfait gratuit.</translation>
    </message>
    <message id="plan.button.mine">
        <source>My plan</source>
        <translation>Mon forfait</translation>
    </message>
    <message id="plan.button.offers">
        <source>See all plans</source>
        <translation>Voir tous les forfaits</translation>
    </message>
    <message id="plan.button.renew_on">
        <source>Turn renewal on</source>
        <translation>Activer le renouvellement</translation>
    </message>
    <message id="plan.button.renew_off">
        <source>Turn renewal off</source>
        <translation>Arrêter le renouvellement</translation>
    </message>
    <message id="plan.button.pay_now">
        <source>Pay now</source>
        <translation>Payer maintenant</translation>
    </message>
    <message id="plan.button.cancel">
        <source>Cancel my plan</source>
        <translation>Résilier mon forfait</translation>
    </message>
    <message id="plan.mine.free">
        <source>&lt;b&gt;You are on Free.&lt;/b&gt;
Calls are paid from your wallet by the minute.</source>
        <extracomment>The customer has no paid plan.</extracomment>
        <translation>&lt;b&gt;Vous êtes au forfait gratuit.&lt;/b&gt;
Les appels sont payés à la minute par votre portefeuille.</translation>
    </message>
    <message id="plan.mine.free_left">
        <source>Until {until} you have {left} min of free calls to the United States and Canada.</source>
        <extracomment>{left}: minutes and seconds, as 2:00.</extracomment>
        <translation>Jusqu’au {until}, vous avez {left} min d’appels gratuits vers les États-Unis et le Canada.</translation>
    </message>
    <message id="plan.mine.paid">
        <source>&lt;b&gt;Your plan: {plan}&lt;/b&gt;
Minutes left for the United States and Canada: {left} of {minutes}
Paid until {until}</source>
        <extracomment>{left}: minutes and seconds, as 96:30. {minutes}: a number.</extracomment>
        <translation>&lt;b&gt;Votre forfait : {plan}&lt;/b&gt;
Minutes restantes vers les États-Unis et le Canada : {left} sur {minutes}
Payé jusqu’au {until}</translation>
    </message>
    <message id="plan.mine.renews">
        <source>It renews then for {price}, from your wallet.</source>
        <extracomment>{price}: what is paid then.</extracomment>
        <translation>Il se renouvellera alors pour {price}, payés par votre portefeuille.</translation>
    </message>
    <message id="plan.mine.renews_not">
        <source>Renewal is off: it ends then.</source>
        <translation>Le renouvellement est arrêté : il se terminera alors.</translation>
    </message>
    <message id="plan.mine.cancelled">
        <source>You have cancelled it: it ends then.</source>
        <translation>Vous l’avez résilié : il se terminera alors.</translation>
    </message>
    <message id="plan.mine.grace">
        <source>&lt;b&gt;Your plan {plan} waits for its payment.&lt;/b&gt;
We try again on {time}. Until then you have no plan minutes.</source>
        <extracomment>{time}: the next try to take the price from the wallet.</extracomment>
        <translation>&lt;b&gt;Votre forfait {plan} attend son paiement.&lt;/b&gt;
Nous réessaierons le {time}. D’ici là, vous n’avez pas de minutes de forfait.</translation>
    </message>
    <message id="plan.offers.title">
        <source>&lt;b&gt;Plans&lt;/b&gt;
Each has minutes of calls to the United States and Canada, and campaigns. Other calls are paid by the minute.</source>
        <translation>&lt;b&gt;Forfaits&lt;/b&gt;
Chacun comprend des minutes d’appels vers les États-Unis et le Canada, et les campagnes. Les autres appels sont payés à la minute.</translation>
    </message>
    <message id="plan.offer" numerus="yes">
        <source>&lt;b&gt;{plan}&lt;/b&gt;, %n days: {price}, {minutes} min</source>
        <extracomment>One line of the list. %n: days. {minutes}: a number.</extracomment>
        <translation>
            <numerusform>&lt;b&gt;{plan}&lt;/b&gt;, %n jour : {price}, {minutes} min</numerusform>
            <numerusform>&lt;b&gt;{plan}&lt;/b&gt;, %n jours : {price}, {minutes} min</numerusform>
        </translation>
    </message>
    <message id="plan.confirm">
        <source>{price} will be taken from your wallet now. Renewal is off until you turn it on. Do you want it?</source>
        <extracomment>Before a plan is bought. The offer stands above.</extracomment>
        <translation>{price} vont être prélevés maintenant de votre portefeuille. Le renouvellement est arrêté tant que vous ne l’activez pas. Le voulez-vous ?</translation>
    </message>
    <message id="plan.confirm.change">
        <source>Your plan {plan} ends for it, and its minutes with it. For what is left of it, {credit} comes back to your wallet first.</source>
        <extracomment>{plan}: the plan that ends for it. {credit}: money.</extracomment>
        <translation>Votre forfait {plan} prend fin, et ses minutes avec lui. Pour ce qui en reste, {credit} reviennent d’abord dans votre portefeuille.</translation>
    </message>
    <message id="plan.too_little">
        <source>Your wallet has {amount} too little for that. Please top up first.</source>
        <extracomment>{amount}: what is missing in the wallet.</extracomment>
        <translation>Il manque {amount} dans votre portefeuille. Veuillez d’abord l’alimenter.</translation>
    </message>
    <message id="plan.has_it">
        <source>You have this plan already.</source>
        <translation>Vous avez déjà ce forfait.</translation>
    </message>
    <message id="plan.cancel.ask">
        <source>Your plan stays until {until} and then ends. What was paid is not given back. Do you want to cancel it?</source>
        <extracomment>{until}: the end of what was paid.</extracomment>
        <translation>Votre forfait reste valable jusqu’au {until}, puis se termine. Ce qui a été payé n’est pas rendu. Voulez-vous le résilier ?</translation>
    </message>
    <message id="refund.reversed">
        <source>&lt;b&gt;We have taken back {amount}&lt;/b&gt; of the refund for call {call}, which was given by mistake.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was taken back. {call}: number of the call. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;Nous avons repris {amount}&lt;/b&gt; du remboursement de l’appel {call}, accordé par erreur.
Nouveau solde : {balance}
Référence : &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="refund.reversed.plan">
        <source>&lt;b&gt;We have taken back {amount}&lt;/b&gt; of the refund for your plan {plan}, which was given by mistake.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was taken back. {plan}: Prime, Elite or Ultra. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;Nous avons repris {amount}&lt;/b&gt; du remboursement de votre forfait {plan}, accordé par erreur.
Nouveau solde : {balance}
Référence : &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="adjustment.credit">
        <source>&lt;b&gt;We have added {amount} to your wallet.&lt;/b&gt;
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what was added. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;Nous avons ajouté {amount} à votre portefeuille.&lt;/b&gt;
Nouveau solde : {balance}
Référence : &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="adjustment.debit">
        <source>&lt;b&gt;We have corrected your balance: {amount} were taken from your wallet.&lt;/b&gt;
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;
If you have a question about it, write to support and name the reference.</source>
        <extracomment>{amount}: what was taken. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;Nous avons corrigé votre solde : {amount} ont été retirés de votre portefeuille.&lt;/b&gt;
Nouveau solde : {balance}
Référence : &lt;code&gt;{transfer}&lt;/code&gt;
Pour toute question, écrivez à l’assistance en indiquant la référence.</translation>
    </message>
    <message id="wallet.kind.goodwill">
        <source>Goodwill credit</source>
        <translation>Geste commercial</translation>
    </message>
    <message id="wallet.kind.correction">
        <source>Correction</source>
        <translation>Rectification</translation>
    </message>
    <message id="wallet.kind.deposit_reversal">
        <source>Deposit taken back</source>
        <extracomment>A deposit that was credited is taken back: the payment did not reach us.</extracomment>
        <translation>Dépôt repris</translation>
    </message>
    <message id="wallet.kind.reversal">
        <source>Refund taken back</source>
        <extracomment>A refund that was given by mistake is taken back.</extracomment>
        <translation>Remboursement repris</translation>
    </message>
    <message id="payout.approved">
        <source>&lt;b&gt;Your payout of {amount} is agreed.&lt;/b&gt; The amount has left your wallet; it is sent after one day at the earliest, and we will tell you when it is.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what leaves the wallet. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;Votre versement de {amount} est accepté.&lt;/b&gt; Le montant a été retiré de votre portefeuille ; il sera envoyé au plus tôt dans un jour et nous vous préviendrons.
Nouveau solde : {balance}
Référence : &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="payout.paid">
        <source>&lt;b&gt;Your payout of {amount} has been sent.&lt;/b&gt;
Transaction: &lt;code&gt;{reference}&lt;/code&gt;</source>
        <extracomment>{amount}: what was sent. {reference}: the transaction that paid it.</extracomment>
        <translation>&lt;b&gt;Votre versement de {amount} a été envoyé.&lt;/b&gt;
Transaction : &lt;code&gt;{reference}&lt;/code&gt;</translation>
    </message>
    <message id="payout.returned">
        <source>&lt;b&gt;Your payout of {amount} could not be sent.&lt;/b&gt; The amount is back in your wallet.
New balance: {balance}
Reference: &lt;code&gt;{transfer}&lt;/code&gt;</source>
        <extracomment>{amount}: what came back. {balance}: the new balance. {transfer}: short number of the transaction.</extracomment>
        <translation>&lt;b&gt;Votre versement de {amount} n’a pas pu être envoyé.&lt;/b&gt; Le montant est de retour dans votre portefeuille.
Nouveau solde : {balance}
Référence : &lt;code&gt;{transfer}&lt;/code&gt;</translation>
    </message>
    <message id="wallet.kind.payout">
        <source>Payout</source>
        <translation>Versement</translation>
    </message>
    <message id="wallet.kind.payout_returned">
        <source>Payout returned</source>
        <translation>Versement retourné</translation>
    </message>
</context>
</TS>
