import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { autoRetry } from "@grammyjs/auto-retry";
import { Bot, GrammyError, InlineKeyboard, InputFile, webhookCallback } from "grammy";

import { until } from "./checks.mjs";
import { kBotToken, Simulator } from "./programs.mjs";

const kUser = 7001;
const kSecret = "grammy-webhook-secret";
const kPng = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
);

/// A bot that remembers what it was answered.
function newBot(simulator, answers = [], token = kBotToken) {
    const bot = new Bot(token, { client: { apiRoot: simulator.url } });
    bot.api.config.use(async (previous, method, payload, signal) => {
        const answer = await previous(method, payload, signal);
        if (answer.ok)
            answers.push({ method, result: answer.result });
        return answer;
    });
    return bot;
}

async function refused(call, code, words) {
    await assert.rejects(call, (error) => {
        assert.ok(error instanceof GrammyError, String(error));
        assert.equal(error.error_code, code);
        assert.match(error.description, words);
        return true;
    });
}

async function checkWebhook(checks, bot, hookUrl) {
    await checks.check("grammY: getMe", async () => {
        await bot.init();
        assert.equal(bot.botInfo.id, 1000000001);
        assert.equal(bot.botInfo.is_bot, true);
        assert.ok(bot.botInfo.username);
    });
    await checks.check("grammY: setWebhook, getWebhookInfo", async () => {
        const allowed_updates = ["message", "callback_query", "my_chat_member"];
        const wanted = { secret_token: kSecret, max_connections: 7, allowed_updates };
        assert.equal((await bot.api.getWebhookInfo()).url, "");
        assert.equal(await bot.api.setWebhook(hookUrl, wanted), true);
        const info = await bot.api.getWebhookInfo();
        assert.equal(info.url, hookUrl);
        assert.equal(info.max_connections, 7);
        assert.deepEqual(info.allowed_updates, allowed_updates);
        assert.equal(info.has_custom_certificate, false);
        assert.equal(info.pending_update_count, 0);
    });
    await checks.check("grammY: a bad secret token is refused", () =>
        refused(bot.api.setWebhook(hookUrl, { secret_token: "with space" }), 400, /unallowed characters/));
    await checks.check("grammY: setMyCommands for a language", async () => {
        const commands = [{ command: "start", description: "Los" }];
        assert.equal(await bot.api.setMyCommands(commands, { language_code: "de" }), true);
    });
}

/// The bot answers /start with a button, and a tap by editing the message.
function addDialog(bot, heard, updates) {
    bot.use((context, next) => {
        updates.push(context.update);
        return next();
    });
    bot.command("start", async (context) => {
        heard.start = { match: context.match, language: context.from.language_code };
        heard.menu = await context.reply("Menu & more", {
            reply_markup: new InlineKeyboard().text("Go", "go:1").row().url("Site", "https://speechcad.test/"),
        });
    });
    bot.callbackQuery("go:1", async (context) => {
        heard.tap = context.callbackQuery;
        heard.isAnswered = await context.answerCallbackQuery({ text: "Done", show_alert: true });
        heard.edited = await context.editMessageText("<b>Bold</b> <i>it</i> &amp; 😀 <code>x</code>", {
            parse_mode: "HTML",
            reply_markup: new InlineKeyboard().text("Again", "go:2"),
        });
    });
    bot.on("my_chat_member", (context) => (heard.status = context.myChatMember.new_chat_member.status));
}

async function checkUpdates(checks, simulator, heard) {
    await checks.check("grammY: a command arrives with its argument and language", async () => {
        await simulator.say(kUser, "/start deep-link");
        await until("the menu", () => heard.menu);
        assert.deepEqual(heard.start, { match: "deep-link", language: "fr" });
        assert.equal(heard.menu.text, "Menu & more");
        assert.equal(heard.menu.chat.id, kUser);
        assert.equal(heard.menu.from.is_bot, true);
        assert.equal(heard.menu.reply_markup.inline_keyboard[0][0].callback_data, "go:1");
    });
    await checks.check("grammY: a tap arrives, is answered once, and the message is edited", async () => {
        await simulator.tap(kUser, { label: "Go" });
        await until("the edit", () => heard.edited);
        assert.equal(heard.isAnswered, true);
        assert.equal(heard.tap.from.id, kUser);
        assert.equal(heard.tap.message.message_id, heard.menu.message_id);
        assert.equal(heard.edited.message_id, heard.menu.message_id);
        assert.ok(heard.edited.edit_date >= heard.edited.date);
        assert.equal(heard.edited.text, "Bold it & 😀 x");
        assert.deepEqual(heard.edited.entities, [
            { type: "bold", offset: 0, length: 4 },
            { type: "italic", offset: 5, length: 2 },
            { type: "code", offset: 13, length: 1 }, // in UTF-16 units
        ]);
        const chat = await simulator.get(`telegram/chats/${kUser}`);
        assert.deepEqual(chat.taps, [{ data: "go:1", answered: true, answer: "Done" }]);
    });
}

async function checkMessages(checks, simulator, bot) {
    const { api } = bot;
    const markup = { reply_markup: new InlineKeyboard().text("Copy", "copy") };
    let photo;
    await checks.check("grammY: sendPhoto uploads as multipart", async () => {
        photo = await api.sendPhoto(kUser, new InputFile(kPng, "code.png"), {
            caption: "<b>Scan</b> ü",
            parse_mode: "HTML",
            ...markup,
        });
        assert.equal(photo.caption, "Scan ü");
        assert.deepEqual(photo.caption_entities, [{ type: "bold", offset: 0, length: 4 }]);
        assert.equal(photo.photo[0].width, 1);
        assert.equal(photo.photo[0].file_size, kPng.length);
        assert.equal(photo.reply_markup.inline_keyboard[0][0].text, "Copy");
    });
    await checks.check("grammY: caption, keyboard, delete, chat action", async () => {
        const edited = await api.editMessageCaption(kUser, photo.message_id, { caption: "Paid", ...markup });
        assert.equal(edited.caption, "Paid");
        const bare = await api.editMessageReplyMarkup(kUser, photo.message_id);
        assert.equal(bare.reply_markup, undefined);
        assert.equal(await api.sendChatAction(kUser, "typing"), true);
        assert.equal(await api.deleteMessage(kUser, photo.message_id), true);
        await refused(api.deleteMessage(kUser, photo.message_id), 400, /message to delete not found/);
    });
    await checks.check("grammY: entities instead of a parse mode", async () => {
        const entities = [{ type: "code", offset: 0, length: 4 }];
        const message = await api.sendMessage(kUser, "addr: copy me", { entities });
        assert.deepEqual(message.entities, entities);
    });
    await checks.check("grammY: nothing of that was a mistake to the simulator", async () => {
        const { violations } = await simulator.get("violations");
        assert.deepEqual(violations.filter((each) => !/unallowed characters/.test(JSON.stringify(each))), []);
    });
}

async function checkErrors(checks, simulator, bot, heard) {
    const { api } = bot;
    const expect = (what, code, words, call) =>
        checks.check(`grammY: ${what}`, () => refused(call(), code, words));
    const text = heard.edited?.text;
    const { message_id, reply_markup } = heard.edited ?? {};
    const with_ = (data) => ({ reply_markup: new InlineKeyboard().text("x", data) });
    await expect("chat not found", 400, /chat not found/, () => api.sendMessage(999_999, "x"));
    await expect("empty text", 400, /text/, () => api.sendMessage(kUser, " "));
    await expect("too long", 400, /message is too long/, () => api.sendMessage(kUser, "x".repeat(4097)));
    await expect("long callback data", 400, /BUTTON_DATA_INVALID/, () => api.sendMessage(kUser, "x", with_("x".repeat(65))));
    await expect("broken HTML", 400, /can't parse entities/, () => api.sendMessage(kUser, "<b>x", { parse_mode: "HTML" }));
    await expect("nothing to edit", 400, /message to edit not found/, () => api.editMessageText(kUser, 1, "x"));
    await expect("no change", 400, /message is not modified/, () =>
        api.editMessageText(kUser, message_id, text, { entities: heard.edited.entities, reply_markup }));
    await expect("a tap answered twice", 400, /query is too old/, () => api.answerCallbackQuery(heard.tap.id));
    await expect("unknown method", 404, /Not Found: method not found/, () => api.raw.getSomething());
    await expect("wrong token", 401, /Unauthorized/, () =>
        newBot(simulator, [], "1000000001:another-token").api.getMe());
    await checks.check("grammY: a user who blocked the bot", async () => {
        await simulator.post(`telegram/users/${kUser}/block`);
        await until("the update", () => heard.status === "kicked");
        await refused(api.sendMessage(kUser, "x"), 403, /bot was blocked by the user/);
        await simulator.post(`telegram/users/${kUser}/unblock`);
        await until("the update", () => heard.status === "member");
    });
}

async function checkLimits(checks, simulator, bot) {
    const retrying = newBot(simulator);
    retrying.api.config.use(autoRetry({ maxRetryAttempts: 2, maxDelaySeconds: 5 }));
    await simulator.post("settings", { chat_rate: 1, telegram_rate: 30 });
    await checks.check("grammY: too many messages in a chat are 429 with retry_after", async () => {
        const flood = async () => {
            for (let n = 0; n < 20; ++n)
                await bot.api.sendMessage(kUser, `flood ${n}`);
        };
        await assert.rejects(flood, (error) => {
            assert.equal(error.error_code, 429);
            assert.ok(Number.isInteger(error.parameters.retry_after) && error.parameters.retry_after >= 1);
            assert.equal(error.description, `Too Many Requests: retry after ${error.parameters.retry_after}`);
            return true;
        });
    });
    await checks.check("grammY: auto-retry waits as it is told, and gets through", async () => {
        assert.equal((await retrying.api.sendMessage(kUser, "patient")).text, "patient");
    });
    await simulator.post("settings", { chat_rate: 0, telegram_rate: 0 });
    await checks.check("grammY: a 500 is an error with its code, and auto-retry gets over it", async () => {
        const fault = { route: "telegram.sendMessage", count: 1, status: 500 };
        await simulator.post("faults", fault);
        await refused(bot.api.sendMessage(kUser, "x"), 500, /Internal Server Error/);
        await simulator.post("faults", { ...fault, status: 429, retry_after: 1 });
        assert.equal((await retrying.api.sendMessage(kUser, "after")).text, "after");
    });
    await checks.check("grammY: deleteWebhook", async () => {
        assert.equal(await bot.api.deleteWebhook({ drop_pending_updates: true }), true);
        assert.equal((await bot.api.getWebhookInfo()).url, "");
    });
}

/// `seen` gets the answers and updates, for the types.
export async function checkTelegram(checks, { bin, seen }) {
    const simulator = await Simulator.start(bin, ["--chat-rate", "0", "--telegram-rate", "0"]);
    await simulator.addUser(kUser, "fr");
    const bot = newBot(simulator, seen.answers);
    const heard = {};
    addDialog(bot, heard, seen.updates);
    bot.use((context) => assert.fail(`an update nobody expects: ${JSON.stringify(context.update)}`));
    const hook = webhookCallback(bot, "http", { secretToken: kSecret });
    const server = createServer((request, response) => {
        hook(request, response).catch((error) => (heard.error = error));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
        await checkWebhook(checks, bot, `http://127.0.0.1:${server.address().port}/hook`);
        await checkUpdates(checks, simulator, heard);
        await checkMessages(checks, simulator, bot);
        await checkErrors(checks, simulator, bot, heard);
        await checkLimits(checks, simulator, bot);
        await checks.check("grammY: no update was too much for it", () => assert.equal(heard.error, undefined));
    } finally {
        server.close();
        server.closeAllConnections();
    }
}
