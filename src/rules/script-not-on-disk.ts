import type { Claim, View } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { Pass } from '../nginx/config-passes.ts'
import { scriptFilename, startScripts, type ScriptFilename } from '../nginx/script-filename.ts'
import { rootOf } from '../nginx/served-root.ts'
import { isLocal } from '../symptoms/address.ts'
import { isOpen } from '../symptoms/course.ts'
import { isMissingScript } from '../symptoms/missing-script.ts'
import { clockAgo, instantAgo } from '../symptoms/time.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import {
  type Changed,
  changedEvidence,
  configAlike,
  type LoadSeen,
  reloadFix,
  unitOfMaster,
} from './changed-since-load.ts'
import { lineText } from './config-line.ts'
import { impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { barrierOn } from './path-access.ts'

type Seen = LoadSeen & View<Knowledge, never, 'served-paths'>

interface Written {
  readonly pass: Pass
  readonly script: ScriptFilename
  readonly changed: Changed
}

/**
 * php finds no script in requests of this moment, while the one that the configuration on disk names is there: nginx names another, and the file
 * that says which changed since it was loaded.
 */
export function scriptNotOnDisk(trouble: Trouble, changed: readonly Changed[], seen: Seen): Claim[] {
  if (trouble.kind !== 'error-answer' || trouble.groups.length === 0 || !isHere(trouble, seen)) return []
  if (!trouble.groups.every(({ line }) => isMissingScript(line))) return []
  const { sites } = trouble
  const asked = trouble.live.filter(({ way, host }) => way === 'nginx' && (sites.length === 0 || sites.includes(host)))
  if (!asked.some(({ status }) => status === 404)) return []
  const passes = trouble.endpoints
    .flatMap((endpoint) => endpoint.usedBy)
    .filter((use) => sites.length === 0 || use.serverNames.some((name) => sites.includes(name)))
    .map((use) => use.pass)
  const written = passes.flatMap((pass) => writtenFor(pass, changed, seen) ?? [])[0]
  return written ? [claimOf(trouble, written, seen)] : []
}

/** What is there for another machine is not to be seen here. */
function isHere({ address }: Trouble, { host }: Seen): boolean {
  return address !== null && (address.startsWith('unix:') || isLocal(address, host.addresses))
}

function writtenFor(pass: Pass, changed: readonly Changed[], { 'served-paths': served }: Seen): Written | null {
  if (!served.known || served.value.pools.some((pool) => pool.chroot !== null)) return null
  const users = served.value.pools.flatMap(({ user }) => user ?? [])
  for (const name of startScripts(pass.scope)) {
    const script = scriptFilename(pass.scope, name)
    const path = script && served.value.paths.find((each) => each.path === script.path)
    if (!path || path.missing !== null || path.hidden !== null) continue
    const groups = (user: string): readonly string[] =>
      user === served.value.workerUser ? served.value.workerGroups : [user]
    if (users.some((user) => barrierOn(path, user, groups(user)) !== null)) continue
    const files = [pass.file, script.directive.file, rootOf(pass.scope)?.directive?.file]
    const first = changed.find(({ stat }) => files.includes(stat.path))
    if (first) return { pass, script, changed: first }
  }
  return null
}

function claimOf(trouble: Trouble, { pass, script, changed }: Written, seen: Seen): Claim {
  const root = rootOf(pass.scope)?.directive
  const place =
    /document_root|realpath_root|request_filename/.test(script.directive.args[1] ?? '') && root?.file != null
      ? root
      : script.directive
  const unit = unitOfMaster(seen)
  return {
    summary: `php finds no script in what nginx tells it to run, although ${script.path}, which the configuration on disk names, is there: ${changed.stat.path} changed at ${clockAgo(seen.host, changed.ago)} and was not reloaded`,
    since: instantAgo(seen.host, changed.ago),
    subject: {
      ...(trouble.address !== null && { upstream: trouble.address }),
      ...(place.file !== null && { file: place.file, line: place.line ?? 1 }),
      ...(unit && { unit: unit.id }),
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      ...(place.file !== null
        ? [seenBy('nginx-config', 'nginx -T', lineText(seen['nginx-config'], place.file, place.line ?? 1))]
        : []),
      seenBy('served-paths', `namei -l ${script.path}`, `${script.path} is there, and php may read it`),
      changedEvidence(changed, seen),
    ],
    unlike: [
      configAlike(seen),
      ruledOut('script-not-found', `${script.path} is there`),
      ruledOut('app-error', 'no script was run: php could not find it'),
    ],
    // What the running master has loaded cannot be read, only told from what it does.
    atMost: 'likely',
    ...reloadFix(seen),
  }
}
