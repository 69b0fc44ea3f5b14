import type { LabHost } from '../lab/host-handle.ts'
import { look } from '../src/examine/look.ts'
import { usualWindowSeconds } from '../src/examine/rounds.ts'
import { batchScript } from '../src/host/batch-script.ts'
import { collect } from '../src/host/collect.ts'
import type { Inventory } from '../src/host/inventory.ts'
import { createPool, type Pool } from '../src/host/pool.ts'
import { generalProbes } from '../src/probes/index.ts'
import { openMaster, runBySsh } from './open-ssh.ts'
import type { Contender } from './timing.ts'

/** Round one as a diagnosis asks it. */
const questions = generalProbes.map((probe) => ({
  probe,
  args: probe.id === 'error-log' ? [String(usualWindowSeconds)] : [],
}))
const seconds = 9

/**
 * "ssh" is OpenSSH with the script of round one on its standard input, over a new connection (cold) or a ControlMaster's (warm);
 * "round one" is the same script through our own connection; "diagnosis" is the whole of it: both rounds, parsed and judged.
 */
export async function contendersOn(
  host: LabHost,
  inventory: Inventory,
  masterSocket: string,
): Promise<{ readonly contenders: readonly Contender[]; readonly close: () => Promise<void> }> {
  const script = batchScript(questions, { nonce: '0'.repeat(32), seconds })
  const newPool = (): Pool => createPool(() => inventory, { idleMs: 60_000, budgetMs: 10_000 })
  const warm = newPool()
  const master = await openMaster(host, masterSocket)

  async function cold(use: (pool: Pool) => Promise<void>): Promise<void> {
    const pool = newPool()
    try {
      await use(pool)
    } finally {
      await pool.close()
    }
  }

  async function roundOne(pool: Pool): Promise<void> {
    const captures = await pool.withConnection(host.name, (connection) =>
      collect(connection, questions, { host: host.name, seconds }),
    )
    const missing = captures.find((capture) => capture.notRun !== undefined)
    if (missing) throw new Error(`${missing.probe}: ${missing.notRun}`)
  }

  async function diagnosis(pool: Pool): Promise<void> {
    const run = { signal: AbortSignal.timeout(30_000), now: () => new Date(), onProgress: () => {} }
    const seen = await look({ host: host.name }, run, { inventory: () => inventory, pool, budgetSeconds: 20 })
    if (seen.diagnosis.collection.rounds !== 2) throw new Error(`not a whole diagnosis: ${seen.diagnosis.headline}`)
  }

  return {
    contenders: [
      { name: 'ssh cold', run: () => runBySsh(host, script) },
      { name: 'round one cold', run: () => cold(roundOne) },
      { name: 'diagnosis cold', run: () => cold(diagnosis) },
      { name: 'ssh warm', run: () => runBySsh(host, script, master.options) },
      { name: 'round one warm', run: () => roundOne(warm) },
      { name: 'diagnosis warm', run: () => diagnosis(warm) },
    ],
    close: async () => {
      await warm.close()
      await master.close()
    },
  }
}
