/** A step that cannot be done; the message is all that a person sees. */
export class SetupError extends Error {}

/** One line for each step: what it is about, then what happened. */
export function step(subject, result) {
  console.log(`  ${subject.padEnd(12)} ${result}`)
}

/** Runs a whole set-up; its errors become one message on stderr and exit code 1, never a stack trace. */
export async function runSteps(work) {
  try {
    process.exitCode = await work()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    console.error(`\n${error.message}`)
    process.exitCode = 1
  }
}
