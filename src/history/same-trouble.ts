import type { CauseId } from '../diagnosis/cause.ts'
import type { FindingKept } from './entry.ts'

/** What a trouble is about, in the words of the finding. */
export type Trouble = Pick<FindingKept, 'cause' | 'subject'>

/** The parts of a subject that name the thing, the surest name first. A line moves with every edit above it, so it names nothing. */
const names = ['unit', 'upstream', 'file'] as const

/** Of these the path is the thing itself, and unit or upstream only who suffered. */
const ofPath: ReadonlySet<CauseId> = new Set<CauseId>([
  'disk-full',
  'disk-error',
  'cert-expired',
  'cert-key-mismatch',
  'cert-missing',
  'script-not-found',
  'path-permission',
  'temp-path-permission',
  'pid-path-missing',
])

/**
 * The same cause of the same thing on the same host. The first name that both know decides: a look with fewer rights may see the address
 * only, and another one the unit behind it. `at` is the host that each diagnosis was made of.
 */
export function sameTrouble(
  one: Trouble,
  other: Trouble,
  at: { readonly one: string; readonly other: string },
): boolean {
  if (one.cause !== other.cause) return false
  if ((one.subject.host ?? at.one) !== (other.subject.host ?? at.other)) return false
  const [path, otherPath] = [one.subject.path, other.subject.path]
  const paths = path !== undefined && otherPath !== undefined
  if (paths && path !== otherPath) return false
  if (paths && ofPath.has(one.cause)) return true
  const known = names.find((name) => one.subject[name] !== undefined && other.subject[name] !== undefined)
  if (known !== undefined) return one.subject[known] === other.subject[known]
  return paths || (nameless(one) && nameless(other))
}

function nameless({ subject }: Trouble): boolean {
  return subject.path === undefined && names.every((name) => subject[name] === undefined)
}

/** The name of the thing, for people: "shop-api.service", "127.0.0.1:8080", "/var"; null for a trouble of the whole host. */
export function thingOf({ cause, subject }: Trouble): string | null {
  const all = [...names.map((name) => subject[name]), subject.path]
  return (ofPath.has(cause) ? subject.path : undefined) ?? all.find((name) => name !== undefined) ?? null
}
