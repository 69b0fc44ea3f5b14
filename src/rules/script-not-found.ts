import { posix } from 'node:path'
import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { Pass } from '../nginx/config-passes.ts'
import { scriptFilename, startScripts, type ScriptFilename } from '../nginx/script-filename.ts'
import { rootOf } from '../nginx/served-root.ts'
import type { FpmPool, ServedPath } from '../probes/served-paths.ts'
import { isMissingScript } from '../symptoms/missing-script.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { lineText } from './config-line.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { barrierOn } from './path-access.ts'
import { type OtherView, scriptDiff } from './script-diff.ts'
import { pathInfoClaim } from './script-split.ts'
import { seenInside } from './containers/scripts-inside.ts'
import { hiddenOnTheWay } from './unit-view.ts'
import { backendUnitOf } from './answered-by.ts'

export type Seen = View<
  Knowledge,
  'troubles' | 'host' | 'nginx-config' | 'served-paths',
  'backend-units' | 'access-log' | 'containers' | 'sockets'
>

/** Why the backend cannot see the script that it is given for the start page. */
interface Absent {
  readonly pass: Pass
  readonly script: ScriptFilename
  readonly because: string
  /** The first component that is not there, or keeps the backend out. */
  readonly at: string
  /** The pool has its scripts under another path than the host. */
  readonly view?: OtherView
  /** The container that showed it. */
  readonly container?: string
  /** The setting of its unit that takes the script out of its sight: "ProtectHome=yes". */
  readonly setting?: string
}

type Why = Omit<Absent, 'pass' | 'script'>

/**
 * Cause: FastCGI is given a SCRIPT_FILENAME that does not exist for it.
 * Tell-tale: "Primary script unknown", and the path that the configuration makes for the start page is not there: wrong root, a link to a
 * deploy that is gone, a chroot of the pool, a container that has it under another path, a folder that its unit does not see (ProtectHome=), a directory that its user may not enter.
 * Look-alike: app-error (the script runs and fails). Requests of scanners for scripts that never existed look the same in the log: then
 * the start page's script is there, and nothing is claimed.
 */
export const scriptNotFound = defineRule({
  id: 'script-not-found',
  needs: ['troubles', 'host', 'nginx-config', 'served-paths'],
  settles: ['backend-units', 'access-log', 'containers', 'sockets'],
  judge: (seen) => seen.troubles.flatMap((trouble) => judgeTrouble(trouble, seen)),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  if (trouble.kind !== 'error-answer' || trouble.endpoints.length === 0) return []
  if (!trouble.groups.some(({ line }) => isMissingScript(line))) return []
  const passes = trouble.endpoints
    .flatMap((endpoint) => endpoint.usedBy)
    .filter((use) => trouble.sites.length === 0 || use.serverNames.some((name) => trouble.sites.includes(name)))
    .map((use) => use.pass)
  const found = passes.map((pass) => absentFor(pass, trouble, seen)).find((each) => each !== null)
  return found ? [claimOf(trouble, found, seen)] : pathInfoClaim(trouble, seen)
}

function absentFor(pass: Pass, trouble: Trouble, seen: Seen): Absent | null {
  const through = trouble.live.filter(({ way }) => way === 'nginx')
  const passes = through.length > 0 && through.every(({ status }) => status !== null && status < 400)
  for (const name of startScripts(pass.scope)) {
    const script = scriptFilename(pass.scope, name)
    const path = script && seen['served-paths'].paths.find((each) => each.path === script.path)
    // A start page of another kind needs no script; a folder that is not there is missed by every one.
    if (!script || !path || (path.missing === path.path && passes)) continue
    const contained = passes ? null : seenInside(script.path, trouble, seen)
    if (contained) return { pass, script, ...contained }
    const pool = poolOf(trouble, seen)
    // Settings count from the next start on: what answers has not lost its scripts.
    const why = absence(path, pool, seen) ?? (passes ? null : unseen(path, trouble, seen))
    if (why) return { pass, script, ...why }
  }
  return null
}

function poolOf({ address }: Trouble, seen: Seen): FpmPool | null {
  const listen = address?.replace(/^unix:/, '')
  return (
    seen['served-paths'].pools.find(
      (pool) => pool.listen === listen || (pool.listen !== null && address?.endsWith(`:${pool.listen}`)),
    ) ?? null
  )
}

function absence(path: ServedPath, pool: FpmPool | null, seen: Seen): Why | null {
  if (pool?.chroot != null && path.missing === null)
    return {
      because: `pool ${pool.name} runs in the chroot ${pool.chroot} (${pool.file}), where ${path.path} is ${pool.chroot}${path.path}`,
      at: path.path,
      view: { folder: pool.chroot, as: '/' },
    }
  if (path.missing !== null)
    return {
      because:
        path.danglingTo === null
          ? `${path.missing} does not exist`
          : `${path.missing} is a link to ${path.danglingTo}, which does not exist`,
      at: path.missing,
    }
  if (pool?.user == null) return null
  // Groups are known for the workers' user only, which most pools share.
  const groups = pool.user === seen['served-paths'].workerUser ? seen['served-paths'].workerGroups : [pool.user]
  const barrier = barrierOn(path, pool.user, groups)
  return (
    barrier && {
      because: `user ${pool.user} of pool ${pool.name} may not pass ${barrier.path} (${barrier.mode.slice(1)} ${barrier.owner} ${barrier.group})`,
      at: barrier.path,
    }
  )
}

/** The unit that runs the scripts has a view of the files of its own. */
function unseen(path: ServedPath, trouble: Trouble, seen: Seen): Why | null {
  const unit = backendUnitOf(trouble, seen['backend-units'])?.unit
  const setting = unit ? hiddenOnTheWay(unit.sandbox ?? [], path) : null
  return unit && setting !== null
    ? { because: `${setting} of ${unit.id} takes it out of its sight`, at: path.path, setting }
    : null
}

function claimOf(trouble: Trouble, absent: Absent, seen: Seen): Claim {
  const { pass, script, because, at, setting } = absent
  const config = seen['nginx-config']
  const { directive } = script
  const root = rootOf(pass.scope)?.directive
  // The root decides where $document_root leads; the parameter itself only when it is written out.
  const place =
    /document_root|realpath_root|request_filename/.test(directive.args[1] ?? '') && root?.file != null
      ? root
      : directive
  const unit = backendUnitOf(trouble, seen['backend-units'])?.unit.id
  const diff = setting === undefined ? scriptDiff(pass, script, absent.view ?? null, seen) : null
  return {
    summary: `php is told to run ${script.path}, and ${because}`,
    about: troubleKey(trouble),
    subject: {
      ...(trouble.address !== null && { upstream: trouble.address }),
      ...(unit !== undefined && { unit }),
      ...(place.file !== null && { file: place.file, line: place.line ?? 1 }),
      path: at,
    },
    failingNow: isOpen(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      ...(directive.file !== null
        ? [seenBy('nginx-config', 'nginx -T', lineText(config, directive.file, directive.line ?? 1))]
        : []),
      ...(root?.file != null ? [seenBy('nginx-config', 'nginx -T', lineText(config, root.file, root.line ?? 1))] : []),
      absent.container !== undefined
        ? seenBy('containers', `inspect ${absent.container}   # its mounts`, because)
        : setting === undefined
          ? seenBy('served-paths', `namei -l ${script.path}`, because)
          : seenBy('backend-units', `systemctl show ${unit ?? ''}`, setting),
    ],
    unlike: [errorAlike(trouble)],
    steps:
      setting === undefined
        ? [
            diff === null && absent.view
              ? `let SCRIPT_FILENAME begin with ${absent.view.as} in place of ${absent.view.folder} (fastcgi_param at ${pass.file}), or let the backend see ${absent.view.folder} under that path`
              : diff === null
                ? `put ${at} back (a deploy that is gone, a wrong path), or mend root and SCRIPT_FILENAME`
                : `mend the path at ${place.file ?? ''}:${place.line ?? 0}`,
            'nginx -t && systemctl reload nginx',
          ]
        : [
            `let ${unit ?? 'it'} see the scripts, by systemctl edit: BindReadOnlyPaths=${posix.dirname(script.path)}, or without ${setting}; or move them`,
            `systemctl restart ${unit ?? ''}`,
          ],
    ...(diff !== null && { diff }),
  }
}

function errorAlike(trouble: Trouble): LookAlike {
  const ran = trouble.groups.some(({ line }) => !isMissingScript(line))
  return ran
    ? notJudged('app-error', 'other scripts run there and fail')
    : ruledOut('app-error', 'no script was run: php could not find it')
}
