import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { expectation, withCommon } from './fault.ts'

const folder = fileURLToPath(new URL('pairs', import.meta.url))

const pairExpectation = z.strictObject({
  ...expectation.shape,
  /** Where the fault is: what `subject.host` of the finding must be. */
  host: z.enum(['front', 'back']),
  /** Whether the inventory knows the backend's host. */
  backListed: z.boolean().default(true),
  /** Where cure.sh runs; default the host of the fault. */
  cureOn: z.enum(['front', 'back']).optional(),
})

export interface PairScenario {
  readonly id: string
  readonly expect: Readonly<z.infer<typeof pairExpectation>>
  /** Run in this order; the one of the front prints the statuses that its requests got. */
  readonly backScript: string
  readonly frontScript: string
  readonly cureScript: string
}

export function pairIds(): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()
}

export function readPair(id: string): PairScenario {
  if (!pairIds().includes(id)) throw new Error(`no pair ${id}; there are: ${pairIds().join(', ')}`)
  const read = (name: string): string => withCommon(readFileSync(join(folder, id, name), 'utf8'))
  return {
    id,
    expect: pairExpectation.parse(parse(readFileSync(join(folder, id, 'expect.yml'), 'utf8'))),
    backScript: read('back.sh'),
    frontScript: read('front.sh'),
    cureScript: read('cure.sh'),
  }
}
