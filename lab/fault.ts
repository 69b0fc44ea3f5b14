import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import type { LabUser } from './keys.ts'
import { backendKinds, usualKinds } from './layout/kinds.ts'
import { images } from './layout/layout.ts'

const folder = fileURLToPath(new URL('faults', import.meta.url))

/** Shell functions that break and cure scripts share; read before each of them. */
const common = join(folder, 'common.sh')

/** Fields of expect.yml. */
export const expectation = z.strictObject({
  /** One line for `lab faults`. */
  description: z.string(),
  verdict: z.enum(['diagnosed', 'healthy', 'undetermined', 'unreachable']),
  /** What a reader who has neither sudo nor groups must say, where it differs: what could not be read is not called healthy. */
  verdictWithoutRoot: z.enum(['diagnosed', 'healthy', 'undetermined']).optional(),
  /** The same for the user of the sudoers file; without it he must say what root says. */
  verdictWithSudo: z.enum(['diagnosed', 'healthy', 'undetermined']).optional(),
  /** What is true, where no rule names it yet and the verdict is undetermined. */
  trueCause: z.string().optional(),
  /** The first finding; null when there must be none at likely or confirmed. */
  cause: z.string().nullable(),
  kind: z.enum(['cause', 'symptom', 'latent', 'notice']).nullable(),
  /** The least that a reader with all rights may say. */
  confidence: z.enum(['confirmed', 'likely', 'possible']).nullable(),
  /** What the finding must be about; a field that is absent is not judged. Strings may hold placeholders of the layout: `{shop.unit}`. */
  subject: z.strictObject({
    upstream: z.string().optional(),
    unit: z.string().optional(),
    site: z.string().optional(),
    /** Inventory name of the machine, where it matters. */
    host: z.string().optional(),
    file: z.string().optional(),
    /** A number, or a placeholder such as `{shop.line}`. */
    line: z.union([z.number(), z.string()]).optional(),
    path: z.string().optional(),
  }),
  /** Id of the action that would cure it, null where only a person can. */
  action: z.string().nullable(),
  /** HTTP statuses that the script's requests get through nginx while it is broken; 000 is no answer. */
  statuses: z.array(z.string()),
  /** A piece of the error-log line, or null when the fault leaves none. */
  logLine: z.string().nullable(),
  /** Causes that this fault looks like and that must not be named as what fails. */
  nearMissOf: z.array(z.string()).default([]),
  /** Other findings that are true on this host and may stand below the first. */
  alsoTrue: z.array(z.string()).default([]),
  note: z.string().optional(),
  /**
   * What the score counts the host as; default: `healthy` when nothing is wrong on it, else `fault`. `hostile`: its logs or files are made
   * to mislead. `unlisted`: what is wrong is not in the catalogue, so that only "cannot tell" is right. `intermittent`: most requests are served.
   */
  class: z.enum(['fault', 'healthy', 'hostile', 'unlisted', 'intermittent']).optional(),
  /** Its load would be seen on other hosts of this machine. */
  alone: z.boolean().default(false),
  /** Backends the fault is written for, the usual one first; `any` where the shop's backend does not matter. */
  kinds: z
    .union([z.literal('any').transform(() => backendKinds), z.array(z.enum(backendKinds)).min(1)])
    .default([...usualKinds]),
  /** Whether the script needs an upstream block, or an address in the pass directive itself. */
  upstream: z.enum(['named', 'literal']).optional(),
  /** The image it needs: `containers` has podman and docker, `busybox` has BusyBox. */
  image: z.enum(images).optional(),
  /** The script needs the shop at the root of its site. */
  shopPath: z.literal('/').optional(),
})

export type FaultExpectation = Readonly<z.infer<typeof expectation>>

export interface Fault {
  readonly id: string
  readonly expect: FaultExpectation
  /** Bash, run as root on the host. */
  readonly breakScript: string
  readonly cureScript: string
}

/** Ids of all faults: the folders beside this file. */
export function faultIds(): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()
}

/** The verdict that this user must come to. */
export function verdictFor(
  user: LabUser,
  expect: Pick<FaultExpectation, 'verdict' | 'verdictWithoutRoot' | 'verdictWithSudo'>,
): FaultExpectation['verdict'] {
  const own = { root: undefined, medic: expect.verdictWithSudo, plain: expect.verdictWithoutRoot }[user]
  return own ?? expect.verdict
}

/** Reads one fault; an Error that names the ones there are when it does not exist. */
export function readFault(id: string): Fault {
  if (!faultIds().includes(id)) throw new Error(`no fault ${id}; there are: ${faultIds().join(', ')}`)
  return {
    id,
    expect: expectation.parse(parse(readFileSync(join(folder, id, 'expect.yml'), 'utf8'))),
    breakScript: script(id, 'break.sh'),
    cureScript: script(id, 'cure.sh'),
  }
}

function script(id: string, name: 'break.sh' | 'cure.sh'): string {
  const path = join(folder, id, name)
  if (!existsSync(path)) throw new Error(`fault ${id} has no ${name}`)
  return withCommon(readFileSync(path, 'utf8'))
}

/** A script as it runs on a host: with the shared functions and the variables of the layout. */
export function withCommon(text: string): string {
  return `set -euo pipefail\n${readFileSync(common, 'utf8')}\n${text}`
}
