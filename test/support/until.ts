import { setTimeout as pause } from 'node:timers/promises'

/** Waits until `check` gives something truthy, looking every 20 ms; rejects with the name of the condition after `ms`. */
export async function until<T>(
  what: string,
  check: () => T | false | null | undefined | Promise<T | false | null | undefined>,
  ms = 15_000,
): Promise<T> {
  const deadline = Date.now() + ms
  for (;;) {
    const value = await check()
    if (value) return value
    if (Date.now() > deadline) throw new Error(`waited ${ms} ms in vain until ${what}`)
    await pause(20)
  }
}
