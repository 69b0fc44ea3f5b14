import { posix } from 'node:path'
import type { Claim } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import { linuxErrno } from '../nginx/errno.ts'
import { fileInMessage } from '../nginx/start-message.ts'
import type { StartFile } from '../probes/start-files.ts'
import type { Refusal } from '../symptoms/starting.ts'
import { defineRule } from './knowledge.ts'
import { fileEvidence, placeIn, startFile, type StartFiles } from './start-file.ts'
import {
  isOnCommandLine,
  loadSteps,
  nginxUnitName,
  refusalsNow,
  startClaim,
  startEvidence,
  type StartSeen,
  stillStands,
} from './start-refusal.ts'

type Seen = StartSeen & { readonly 'start-files': StartFiles }

/** ENOENT, ENOTDIR, EISDIR, EACCES, and EROFS where only the unit's own view is read-only (ProtectSystem=, ReadOnlyPaths= of systemd.exec(5)). */
const NO_SUCH_FILE = 2
const DENIED = 13
const NOT_A_DIRECTORY = 20
const IS_A_DIRECTORY = 21
const READ_ONLY = 30

const FITTING: readonly (number | null)[] = [NO_SUCH_FILE, DENIED, NOT_A_DIRECTORY, IS_A_DIRECTORY, READ_ONLY]

/**
 * Cause: nginx cannot write its pid file: the directory is gone (below /run after a boot), or not writable for the user it starts as; or
 * a directory has the name of the file.
 * Tell-tale: open() .../nginx.pid failed (2, 13, 20, 21, 30), and the directory as it is.
 * Look-alikes: disk-full (28: another number), disk-error (30 where the file system itself is read-only).
 */
export const pidPathMissing = defineRule({
  id: 'pid-path-missing',
  needs: ['host', 'starting', 'nginx-processes'],
  settles: ['nginx-config', 'nginx-unit', 'start-files'],
  judge: (seen) =>
    refusalsNow(seen)
      .flatMap((refusal) => judgeRefusal(refusal, seen))
      .slice(0, 1),
})

function judgeRefusal(refusal: Refusal, seen: Seen): Claim[] {
  const path = fileInMessage(refusal.line)
  const errno = linuxErrno(refusal.line.errno)
  if (!path || !path.endsWith('.pid') || !refusal.line.message.startsWith('open()')) return []
  if (errno === null || !FITTING.includes(errno)) return []
  const file = startFile(path, seen['start-files'])
  if (errno === READ_ONLY && file?.readOnly !== false) return []
  const seenWell =
    (errno === NO_SUCH_FILE && file !== null && file.at === path && file.state !== 'hidden') ||
    (errno === IS_A_DIRECTORY && file !== null && !isDirectory(file) && file.state !== 'hidden')
  return seenWell && refusal.from !== 'test' ? [] : [claimOf(refusal, path, errno, file, seen)]
}

function claimOf(refusal: Refusal, path: string, errno: number, file: StartFile | null, seen: Seen): Claim {
  const { consequence, ...common } = startClaim(seen, refusal)
  const place = placeIn(seen, path)
  const stands =
    stillStands(refusal, seen) ||
    (errno === NO_SUCH_FILE && file?.state === 'missing') ||
    errno === READ_ONLY ||
    (errno === IS_A_DIRECTORY && file !== null && isDirectory(file))
  return {
    ...common,
    summary: `nginx cannot write its pid file ${path}: ${whyNot(errno, path, file)}; ${consequence}`,
    subject: { path, ...place },
    evidence: [...startEvidence(seen, [refusal]), ...fileEvidence(file, seen.host)],
    unlike: [
      ruledOut('disk-full', `the kernel said (${errno}), not "no space left" (28)`),
      ...(errno === READ_ONLY ? [ruledOut('disk-error', 'the file system itself is mounted for writing')] : []),
    ],
    ...(!stands && { atMost: 'possible' as const }),
    steps: [
      ...(isOnCommandLine(path, seen) ? [`systemctl cat ${nginxUnitName(seen)}   # its command names the file`] : []),
      ...steps(errno, path, seen),
      ...loadSteps(seen),
    ],
  }
}

/** Of what is at the path itself, through links: `mode` is that of the last component that is there. */
function isDirectory({ state, mode }: StartFile): boolean {
  return state === 'there' && mode.startsWith('d')
}

function whyNot(errno: number, path: string, file: StartFile | null): string {
  const directory = posix.dirname(path)
  if (errno === IS_A_DIRECTORY) return 'a directory has that name'
  if (errno === NO_SUCH_FILE)
    return `${file?.state === 'missing' && file.at !== file.path ? file.at : directory} does not exist`
  if (errno === NOT_A_DIRECTORY) return `${directory} is not a directory`
  if (errno === READ_ONLY) return `${directory} is read-only for its unit, although not for the host`
  return `the user it starts as may not write to ${directory}${file && file.state !== 'there' ? ` (${file.mode})` : ''}`
}

function steps(errno: number, path: string, seen: Seen): readonly string[] {
  const directory = posix.dirname(path)
  if (errno === IS_A_DIRECTORY)
    return [
      `ls -la ${path}   # who made it? A container that was given this path as a volume while nginx was stopped does`,
      `rmdir ${path}`,
    ]
  const unit = nginxUnitName(seen)
  if (errno === READ_ONLY)
    return [
      `systemctl cat ${unit}   # ProtectSystem=, ReadOnlyPaths=: add ReadWritePaths=${directory}, or RuntimeDirectory=`,
    ]
  if (errno === DENIED)
    return [`ls -ld ${directory}   # give it to the user of ${unit}, or let systemd make it: RuntimeDirectory=`]
  const below = directory.replace(/^\/(?:var\/)?run\//, '')
  return [
    `install -d -m 0755 ${directory}`,
    `so that it comes back after a boot: systemctl edit ${unit} with RuntimeDirectory=${below}, or echo 'd ${directory} 0755 root root' > /etc/tmpfiles.d/nginx.conf`,
  ]
}
