import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Retell from "retell-sdk";

import { kRetellKey, Server } from "./programs.mjs";

globalThis.crypto ??= webcrypto; // the SDK wants it there; Debian's Node.js 18 has it only here

const kBody = JSON.stringify({
    event: "call_ended",
    call: { call_id: "call_conformance", call_type: "phone_call", transcript: "Agent: Grüß Gott – 你好\n" },
});
const kMinutes = 60_000;

/// The SDK reads the clock from here.
async function atTime(ms, work) {
    const real = Date.now;
    Date.now = () => ms;
    try {
        return await work();
    } finally {
        Date.now = real;
    }
}

async function status(server, body, signature) {
    const headers = { "Content-Type": "application/json" };
    if (signature !== undefined)
        headers["X-Retell-Signature"] = signature;
    const answer = await fetch(`${server.url}/webhooks/retell`, { method: "POST", headers, body });
    await answer.text();
    return answer.status;
}

async function checkIntake(checks, server) {
    const signed = await Retell.sign(kBody, kRetellKey);
    const expect = (what, code, body, signature) =>
        checks.check(`retell-sdk: ${what}`, async () =>
            assert.equal(await status(server, body, await signature), code),
        );
    await expect("what it signs is taken", 200, kBody, signed);
    await expect("the same again is taken", 200, kBody, signed);
    await expect("another body signed anew is taken", 200, `${kBody} `, Retell.sign(`${kBody} `, kRetellKey));
    await expect("an empty body is taken", 200, "", Retell.sign("", kRetellKey));
    await expect("a large body is taken", 200, kBody.padEnd(900_000), Retell.sign(kBody.padEnd(900_000), kRetellKey));
    await expect("a body that was touched is refused", 401, kBody.replace("ended", "Ended"), signed);
    await expect("a digest that was touched is refused", 401, kBody, signed.replace(/.$/, (c) => (c === "0" ? "1" : "0")));
    await expect("a time that was touched is refused", 401, kBody, signed.replace(/\d,d/, (c) => (c === "0,d" ? "1,d" : "0,d")));
    await expect("the key of another workspace is refused", 401, kBody, Retell.sign(kBody, "key_of_another_workspace"));
    await expect("no signature is refused", 401, kBody);
    const at = (minutes) => atTime(Date.now() + minutes * kMinutes, () => Retell.sign(kBody, kRetellKey));
    await expect("a signature 4 minutes old is taken", 200, kBody, at(-4));
    await expect("a signature 6 minutes old is refused", 401, kBody, at(-6));
    await expect("a signature 6 minutes early is refused", 401, kBody, at(6));
    await checks.check("retell-sdk: the server counted them", async () => {
        assert.equal(await server.metric("speechcad_webhook_acks_total"), 6);
        assert.equal(await server.metric('speechcad_webhook_refusals_total{reason="wrong_signature"}'), 6);
        assert.equal(await server.metric('speechcad_webhook_refusals_total{reason="missing_signature"}'), 1);
    });
}

/// Ours are held to the same file by tests/providers.
async function checkVectors(checks, data) {
    const vectors = JSON.parse(readFileSync(join(data, "retell-signature-vectors.json"), "utf8"));
    assert.ok(vectors.length >= 60);
    for (const { name, body, api_key, header, now_ms, expect } of vectors)
        await checks.check(`retell-sdk: vector ${name}`, async () => {
            const verdict = await atTime(now_ms, () => Retell.verify(body, api_key, header));
            assert.equal(verdict, expect);
        });
}

export async function checkRetellSignature(checks, { bin, data }) {
    await checkVectors(checks, data);
    await checkIntake(checks, await Server.start(bin));
}
