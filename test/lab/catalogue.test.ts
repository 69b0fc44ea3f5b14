import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { faultIds, readFault } from '../../lab/fault.ts'
import { draw } from '../../lab/layout/seeded.ts'
import { trueCauses } from '../../lab/score/judge.ts'
import { labHost } from '../../lab/host.ts'
import { inventoryText } from '../../lab/inventory-text.ts'
import { labUsers } from '../../lab/keys.ts'
import { scoreFault } from '../../lab/score.ts'
import { runCli } from '../cli/run-cli.ts'
import { schemaErrors } from '../support/diagnosis-schema.ts'
import { labHere } from './lab-here.ts'

/** The same faults every time, so that a red run is news; GATEMEDIC_LAB_SEED draws others of the many, GATEMEDIC_LAB_ALL=1 takes all of them. */
const drawn = process.env['GATEMEDIC_LAB_SEED']
const seed = Number(drawn ?? 20_778)
const chosen = process.env['GATEMEDIC_LAB_ALL'] === '1' ? faultIds() : oneOfEachCause()

describe.skipIf(!labHere())(`a diagnosis of a real broken host as each user (seed ${seed})`, () => {
  it.concurrent.each(chosen)(
    '%s is named right, and nobody is confidently wrong about it',
    // Lateness is judged by the clock, and the other tests of the run load the machine: a second host may show what the first one could not.
    { timeout: 240_000, retry: 1 },
    async (fault) => {
      const scores = await scoreFault(fault, nameFor(fault))

      expect(scores.map(({ user, wrong }) => ({ user, wrong }))).toEqual([
        { user: 'root', wrong: [] },
        { user: 'medic', wrong: [] },
        { user: 'plain', wrong: [] },
      ])
      expect(scores.flatMap(({ look }) => schemaErrors(JSON.parse(JSON.stringify(look.diagnosis))))).toEqual([])
    },
  )
})

describe.skipIf(!labHere())('diagnose --json on a real host', () => {
  it.each(labUsers)(
    'prints one diagnosis that follows the published schema, and exits with 0, as %s',
    async (user) => {
      const host = await labHost({ name: `json-${user}`, fault: 'backend-down' })
      const folder = mkdtempSync(join(tmpdir(), 'gatemedic-json-'))
      try {
        const inventory = join(folder, 'hosts.yml')
        writeFileSync(inventory, await inventoryText([host], user))

        const { stdout, exitCode } = await runCli(['diagnose', host.name, '--inventory', inventory, '--json'])

        expect(exitCode).toBe(0)
        expect(schemaErrors(JSON.parse(stdout))).toEqual([])
      } finally {
        await host.down()
        rmSync(folder, { recursive: true, force: true })
      }
    },
    60_000,
  )
})

/** Host names of hosts that run side by side must differ. */
function nameFor(fault: string): string {
  return `web-${faultIds().indexOf(fault)}`
}

/** Recordings cover all faults; live, one of each cause (the one that is called like it, where there is one) and one of the hosts without any. */
function oneOfEachCause(): readonly string[] {
  const byCause = new Map<string, readonly string[]>()
  for (const id of faultIds()) {
    const { expect: truth } = readFault(id)
    const [cause = 'none'] = trueCauses(truth)
    // What wants the machine for itself would disturb the hosts beside it.
    if (!truth.alone) byCause.set(cause, [...(byCause.get(cause) ?? []), id])
  }
  return [...byCause].map(([cause, ids]) =>
    drawn === undefined && ids.includes(cause) ? cause : draw(seed, cause).from(ids),
  )
}
