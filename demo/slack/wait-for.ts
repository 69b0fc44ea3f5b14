/** Asks again after each change until the answer is something, and fails at the deadline with what there was instead. */
export function waitUntil<T>(
  ask: () => T | undefined | null | false,
  onChange: (again: () => void) => () => void,
  describe: () => string,
  deadlineMs: number,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let stop: (() => void) | undefined
    const timer = setTimeout(() => {
      stop?.()
      reject(new Error(`nothing fitting within ${deadlineMs} ms; there is:\n${describe()}`))
    }, deadlineMs)

    function again(): void {
      try {
        const found = ask()
        if (found === undefined || found === null || found === false) return
        resolve(found)
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)))
      }
      clearTimeout(timer)
      stop?.()
    }
    stop = onChange(again)
    again()
  })
}
