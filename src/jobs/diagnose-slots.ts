/** Whether somebody waits for this host alone, or for one of many. */
export type SlotKind = 'alone' | 'fleet'

/** Places for the diagnoses of one worker process. Whoever is waited for alone goes first. */
export interface DiagnoseSlots {
  /** Resolves when there is a place, with what gives it back. */
  readonly take: (kind: SlotKind) => Promise<() => void>
}

export function createDiagnoseSlots(count: number): DiagnoseSlots {
  let free = count
  const waiting: Readonly<Record<SlotKind, (() => void)[]>> = { alone: [], fleet: [] }

  function giveBack(): void {
    const next = waiting.alone.shift() ?? waiting.fleet.shift()
    if (next === undefined) free += 1
    else next()
  }
  return {
    take: (kind) =>
      new Promise((resolve) => {
        const given = (): void => resolve(giveBack)
        if (free === 0) waiting[kind].push(given)
        else {
          free -= 1
          given()
        }
      }),
  }
}
