import { createInterface } from 'node:readline/promises'

/** True when somebody sits at this terminal and can be asked. */
export function someoneIsThere() {
  return process.stdin.isTTY && process.stdout.isTTY && process.env.CI === undefined
}

/** Asks a question that is answered by yes or no; only a clear yes is one. */
export async function agreed(question) {
  const line = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return /^\s*y(es)?\s*$/i.test(await line.question(`${question} [y/N] `))
  } finally {
    line.close()
  }
}
