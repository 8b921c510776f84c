import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, chmodSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export const kBotToken = "1000000001:simulated-bot-token";
export const kRetellKey = "key_5f0c9a7e1b3d48c2a6f4";

const running = [];
const folders = [];

/// Starts a program and waits for the line with which it says where it listens.
async function start(path, args, environment = {}) {
    const { PATH, HOME, LANG } = process.env; // nothing of the tester's settings
    const child = spawn(path, args, {
        env: { PATH, HOME, LANG, ...environment },
        stdio: ["ignore", "pipe", "pipe"],
    });
    running.push(child);
    let errors = "";
    child.stderr.on("data", (bytes) => (errors = (errors + bytes).slice(-4000)));
    const ended = once(child, "close").then(() => {
        throw new Error(`${path} ended:\n${errors}`);
    });
    ended.catch(() => {}); // of interest only before the first line
    const [line] = await Promise.race([once(createInterface(child.stdout), "line"), ended]);
    return JSON.parse(line);
}

/// The last that was started ends first: a server before what it speaks to.
export async function stopPrograms() {
    for (const child of running.reverse()) {
        if (child.exitCode !== null || child.signalCode !== null)
            continue;
        child.kill("SIGTERM");
        await once(child, "exit");
    }
    for (const folder of folders)
        rmSync(folder, { recursive: true, force: true });
}

async function freePort() {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address();
    server.close();
    await once(server, "close");
    return port;
}

/// speechcad-simulator and its control API.
export class Simulator {
    static async start(bin, options = []) {
        const simulator = new Simulator();
        const { port } = await start(join(bin, "speechcad-simulator"), ["--seed", "1", ...options]);
        simulator.url = `http://127.0.0.1:${port}`;
        return simulator;
    }

    async get(path) {
        const answer = await fetch(`${this.url}/_sim/${path}`);
        return { status: answer.status, ...(await answer.json()) };
    }

    async post(path, body = {}, method = "POST") {
        const answer = await fetch(`${this.url}/_sim/${path}`, { method, body: JSON.stringify(body) });
        if (!answer.ok)
            throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
        return answer.json();
    }

    async addUser(id, language_code) {
        await this.post("telegram/users", { id, first_name: "Zoë", language_code });
    }

    say(id, text) {
        return this.post(`telegram/users/${id}/say`, { text });
    }

    tap(id, button) {
        return this.post(`telegram/users/${id}/tap`, button);
    }
}

/// speechcad-server on a managed database of its own.
export class Server {
    static async start(bin, simulatorUrl = "http://127.0.0.1:9") {
        const folder = mkdtempSync(join(tmpdir(), "speechcad-conformance-"));
        folders.push(folder);
        chmodSync(folder, 0o755); // started as root, PostgreSQL is another user
        const [port, adminPort] = [await freePort(), await freePort()];
        const server = new Server();
        server.url = `http://127.0.0.1:${port}`;
        server.adminUrl = `http://127.0.0.1:${adminPort}`;
        await start(join(bin, "speechcad-server"), ["run", "--json"], {
            SPEECHCAD_DATA_DIR: folder,
            SPEECHCAD_LISTEN: `127.0.0.1:${port}`,
            SPEECHCAD_ADMIN_LISTEN: `127.0.0.1:${adminPort}`,
            SPEECHCAD_PUBLIC_URL: server.url,
            TELEGRAM_BOT_TOKEN: kBotToken,
            TELEGRAM_WEBHOOK_SECRET: "conformance-webhook-secret",
            TELEGRAM_API_URL: simulatorUrl,
            TELEGRAM_CHAT_RATE: "1000",
            RETELL_API_KEY: kRetellKey,
            RETELL_BASE_URL: simulatorUrl,
            DYNOPAY_API_KEY: "simulated-api-key",
            DYNOPAY_WALLET_TOKEN: "simulated-wallet-token",
            DYNOPAY_BASE_URL: `${simulatorUrl}/api`,
        });
        return server;
    }

    async metric(name) {
        const text = await (await fetch(`${this.adminUrl}/metrics`)).text();
        const line = text.split("\n").find((each) => each.startsWith(`${name} `));
        return Number(line?.slice(name.length + 1));
    }
}
