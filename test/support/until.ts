import { setTimeout as pause } from 'node:timers/promises'

/** Waits until `check` gives something truthy, looking every 20 ms; rejects with the name of the condition after `ms`. */
export async function until<T>(
  what: string,
  check: () => T | Promise<T>,
  ms = 15_000,
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = Date.now() + ms
  for (;;) {
    const value = await check()
    // The cast only repeats what the condition says: TypeScript does not narrow a type parameter by truthiness.
    if (value) return value as Exclude<T, false | null | undefined>
    if (Date.now() > deadline) throw new Error(`waited ${ms} ms in vain until ${what}`)
    await pause(20)
  }
}
