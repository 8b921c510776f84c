/// Runs checks one after another and counts them; one that throws has failed.
export class Checks {
    #passed = 0;
    #failed = 0;

    async check(what, body) {
        try {
            await body();
            ++this.#passed;
        } catch (error) {
            this.#fail(what, error);
        }
    }

    /// What stops a whole group, such as a program that does not start, is one failure.
    async group(body) {
        try {
            await body();
        } catch (error) {
            this.#fail(body, error);
        }
    }

    /// The exit status.
    summary() {
        console.log(`${this.#passed} passed, ${this.#failed} failed`);
        return this.#failed === 0 && this.#passed > 0 ? 0 : 1;
    }

    #fail(what, error) {
        ++this.#failed;
        console.log(`FAILED ${what}\n${error?.stack ?? error}`);
    }
}

/// Until `look` gives something, or not within the time.
export async function until(what, look, timeoutMs = 10_000) {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
        const found = await look();
        if (found)
            return found;
        if (Date.now() > deadline)
            throw new Error(`it did not happen in time: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
}
