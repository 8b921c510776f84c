import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import Retell from "retell-sdk";

import { until } from "./checks.mjs";
import { kRetellKey, Simulator } from "./programs.mjs";

const kFrom = "+14155550100";

async function checkCalls(checks, simulator, client, hooks) {
    let agent;
    await checks.check("retell-sdk: an engine and an agent are made and read", async () => {
        const engine = await client.llm.create({ general_prompt: "Say hello.", begin_message: "Hello." });
        const response_engine = { type: "retell-llm", llm_id: engine.llm_id };
        agent = await client.agent.create({ response_engine, voice_id: "11labs-Adrian" });
        assert.equal((await client.agent.retrieve(agent.agent_id)).response_engine.llm_id, engine.llm_id);
        assert.equal(typeof (await client.concurrency.retrieve()).concurrency_limit, "number");
    });
    for (const [to_number, reason, status, events] of [
        ["+14155550000", "user_hangup", "ended", ["call_started", "call_ended", "call_analyzed"]],
        ["+14155550012", "dial_busy", "not_connected", ["call_ended", "call_analyzed"]],
    ])
        await checks.check(`retell-sdk: a call that ends by ${reason}`, async () => {
            await simulator.post("retell/plans", { to: to_number, count: 1, steps: ["ring(1)", "talk(1)", "analysis(1)"] });
            const metadata = { lane: "customer:7", attempt: reason };
            const order = { from_number: kFrom, to_number, override_agent_id: agent.agent_id, metadata };
            const placed = await client.call.createPhoneCall(order);
            assert.equal(placed.call_status, "registered");
            const told = () => hooks.filter(({ body }) => JSON.parse(body).call.call_id === placed.call_id);
            await until("its webhooks", () => told().length >= events.length, 20_000);
            for (const { body, signature } of told())
                assert.equal(await Retell.verify(body, kRetellKey, signature), true);
            assert.deepEqual(told().map(({ body }) => JSON.parse(body).event).sort(), [...events].sort());
            const { body, signature } = told()[0];
            assert.equal(await Retell.verify(`${body} `, kRetellKey, signature), false);
            const call = await client.call.retrieve(placed.call_id);
            assert.equal(call.call_status, status);
            assert.equal(call.disconnection_reason, reason);
            assert.deepEqual(call.metadata, metadata);
        });
    await checks.check("retell-sdk: errors are of its own classes", async () => {
        const stranger = new Retell({ apiKey: "key_of_nobody", baseURL: simulator.url, maxRetries: 0 });
        await assert.rejects(stranger.concurrency.retrieve(), Retell.AuthenticationError);
        await assert.rejects(client.call.retrieve("call_of_nobody"), Retell.UnprocessableEntityError);
        await assert.rejects(client.call.createPhoneCall({ from_number: kFrom }), Retell.BadRequestError);
        await simulator.post("faults", { route: "retell.getConcurrency", count: 1, status: 429 });
        await assert.rejects(client.concurrency.retrieve(), Retell.RateLimitError);
    });
}

export async function checkRetellCalls(checks, { bin }) {
    const hooks = [];
    const server = createServer((request, response) => {
        const signature = request.headers["x-retell-signature"];
        let body = "";
        request.setEncoding("utf8").on("data", (text) => (body += text));
        request.on("end", () => {
            hooks.push({ body, signature });
            response.writeHead(204).end();
        });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
        const hook = `http://127.0.0.1:${server.address().port}/webhooks/retell`;
        const options = ["--retell-key", kRetellKey, "--retell-number", kFrom, "--retell-webhook", hook];
        const simulator = await Simulator.start(bin, [...options, "--retell-dial-rate", "0", "--time-scale", "100"]);
        const client = new Retell({ apiKey: kRetellKey, baseURL: simulator.url, maxRetries: 0 });
        await checkCalls(checks, simulator, client, hooks);
    } finally {
        server.close();
        server.closeAllConnections();
    }
}
