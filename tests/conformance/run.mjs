// run.mjs BIN DATA: the programs' folder and the one of the signature vectors.
import { checkBotTypes } from "./bot_types.mjs";
import { Checks } from "./checks.mjs";
import { stopPrograms } from "./programs.mjs";
import { checkRetellCalls } from "./retell_calls.mjs";
import { checkRetellSignature } from "./retell_signature.mjs";
import { checkTelegram } from "./telegram.mjs";

const [bin, data] = process.argv.slice(2);
const checks = new Checks();
const seen = { updates: [], answers: [] }; // what the simulator said, for the types
const parts = [
    () => checkRetellSignature(checks, { bin, data }),
    () => checkRetellCalls(checks, { bin }),
    () => checkTelegram(checks, { bin, seen }),
    () => checkBotTypes(checks, { bin, seen }),
];
try {
    for (const part of parts)
        await checks.group(part);
} finally {
    await stopPrograms();
}
process.exit(checks.summary());
