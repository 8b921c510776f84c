import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { until } from "./checks.mjs";
import { Server, Simulator } from "./programs.mjs";

const kUser = 7002;
const kHere = dirname(fileURLToPath(import.meta.url));
const kWords = ["/start", "/wallet", "/topup", "25", "/language", "/help", "/cancel", "what?"];
const kTapsMax = 60;
const kHead = `import type { ApiMethods, Message, Update } from "@grammyjs/types";
type Api = ApiMethods<string>;
type Call<M extends keyof Api> = Parameters<Api[M]> extends [] ? Record<string, never> : NonNullable<Parameters<Api[M]>[0]>;
// Of an edited message the types know too little.
type Edit = "editMessageText" | "editMessageCaption" | "editMessageReplyMarkup";
type Answer<M extends keyof Api> = M extends Edit ? Message : ReturnType<Api[M]>;
// The compiler does refuse what is wrong:
// @ts-expect-error
export const wrongField: Call<"sendMessage"> = { chat_id: 1, text: "x", reply_murkup: {} };
// @ts-expect-error
export const wrongDepth: Call<"sendMessage"> = { chat_id: 1, text: "x", reply_markup: { inline_keyboard: [[{ text: "x", callback_date: "y" }]] } };
// @ts-expect-error
export const wrongType: Answer<"sendMessage"> = { message_id: "1", date: 1, chat: { id: 1, type: "private", first_name: "x" } };
`;

/// Presses every button it finds, once; a button is known by the word before its argument.
async function pressEverything(simulator, tapped) {
    for (let n = 0; n < kTapsMax; ++n) {
        const { messages } = await simulator.get(`telegram/chats/${kUser}`);
        const buttons = messages.filter((each) => !each.deleted).flatMap((each) => each.keyboard?.flat() ?? []);
        const fresh = buttons.find(({ callback_data }) => callback_data && !tapped.has(callback_data));
        if (!fresh)
            return;
        tapped.add(fresh.callback_data);
        await simulator.tap(kUser, { data: fresh.callback_data });
        await isAnswered(simulator, "answerCallbackQuery", tapped.size);
    }
}

async function isAnswered(simulator, method, count) {
    await until(`${method} number ${count}`, async () =>
        (await simulator.get(`telegram/calls?method=${method}`)).calls.length >= count);
}

async function converse(simulator) {
    const tapped = new Set();
    await simulator.addUser(kUser, "fr");
    await until("the webhook", async () => (await simulator.get("health")).webhook_set);
    for (const words of kWords) {
        const { change } = (await simulator.get(`telegram/chats/${kUser}`)).messages.at(-1) ?? { change: 0 };
        await simulator.say(kUser, words);
        const reply = await simulator.get(`telegram/chats/${kUser}/wait?after_change=${change}`);
        assert.equal(reply.status, 200, `no reply to ${words}`);
        await pressEverything(simulator, tapped);
    }
    return tapped;
}

/// A multipart request has texts only; what is JSON in them is read.
function parametersOf({ method, parameters }) {
    if (method !== "sendPhoto")
        return parameters;
    const { photo, reply_markup, ...rest } = parameters;
    assert.ok(photo.bytes > 0);
    return { ...rest, photo: "attach://photo", ...(reply_markup && { reply_markup: JSON.parse(reply_markup) }) };
}

function compile(name, lines) {
    const file = join(kHere, `${name}.ts`);
    writeFileSync(file, kHead + lines.join("\n") + "\n");
    const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler"];
    const compiler = spawnSync(process.execPath, [join(kHere, "node_modules/typescript/bin/tsc"), ...options, file]);
    assert.equal(compiler.status, 0, `${file}\n${compiler.stdout}${compiler.stderr}`);
}

export async function checkBotTypes(checks, { bin, seen }) {
    const simulator = await Simulator.start(bin, ["--chat-rate", "0", "--telegram-rate", "0"]);
    await Server.start(bin, simulator.url);
    let calls = [];
    await checks.check("bot: every command and button gets a reply", async () => {
        const tapped = await converse(simulator);
        assert.ok(tapped.size >= 8, [...tapped].join(" "));
        const log = await simulator.get("telegram/calls");
        calls = log.calls;
        assert.equal(calls.length, log.count);
        const isGood = ({ status, description }) => status === 200 || description.includes("message is not modified");
        assert.deepEqual(calls.filter((each) => !isGood(each)), []);
        const methods = new Set(calls.map((each) => each.method));
        for (const method of ["setWebhook", "setMyCommands", "sendMessage", "editMessageText", "answerCallbackQuery", "sendPhoto"])
            assert.ok(methods.has(method), `${method} was not used`);
    });
    await checks.check("bot: what it sends is of the Bot API's types", () =>
        compile("bot_calls", calls.map((call, n) =>
            `export const c${n}: Call<"${call.method}"> = ${JSON.stringify(parametersOf(call))};`)));
    await checks.check("simulator: what it answers is of the Bot API's types", () => {
        assert.ok(seen.answers.length > 10);
        compile("answers", seen.answers.map(({ method, result }, n) =>
            `export const a${n}: Answer<"${method}"> = ${JSON.stringify(result)};`));
    });
    await checks.check("simulator: what it delivers is of the Bot API's types", () => {
        assert.ok(seen.updates.length >= 4);
        compile("updates", seen.updates.map((update, n) => `export const u${n}: Update = ${JSON.stringify(update)};`));
    });
}
