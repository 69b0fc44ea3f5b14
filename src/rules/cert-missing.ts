import type { Fact } from '../diagnosis/fact.ts'
import type { Claim } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import { fileInMessage } from '../nginx/start-message.ts'
import type { MandatoryAccess } from '../probes/mac.ts'
import type { StartFile } from '../probes/start-files.ts'
import type { Refusal } from '../symptoms/starting.ts'
import { certAtHandshake } from './cert-at-handshake.ts'
import { defineRule } from './knowledge.ts'
import { macAlike } from './mac-alike.ts'
import { fileEvidence, placeIn, startFile, type StartFiles } from './start-file.ts'
import {
  loadSteps,
  nginxUnitName,
  refusalsFor,
  startClaim,
  startEvidence,
  type StartSeen,
  stillStands,
} from './start-refusal.ts'
import { hiddenByUnit } from './unit-view.ts'

type Seen = StartSeen & { readonly 'start-files': StartFiles; readonly mac: Fact<MandatoryAccess> }

/**
 * Cause: a certificate, key or other TLS file that the configuration names is absent, or nginx may not read it.
 * Tell-tale: cannot load certificate ... No such file or directory / Permission denied; the path itself, component by component.
 * Look-alikes: config-invalid (the same test fails; but here the configuration is well written and a file is not), cert-key-mismatch
 * (the file is there and holds something else), mac-denied (denied although the modes allow it).
 */
export const certMissing = defineRule({
  id: 'cert-missing',
  needs: ['host', 'starting', 'nginx-processes'],
  settles: ['nginx-config', 'nginx-unit', 'start-files', 'mac', 'events', 'served-certificates'],
  judge(seen) {
    const refusal = refusalsFor('cert-missing', seen)[0]
    if (!refusal) return certAtHandshake(seen)
    const path = fileInMessage(refusal.line)
    const file = startFile(path, seen['start-files'])
    const there = refusal.from !== 'test' && file?.state === 'there' && !isDenied(refusal)
    const hiding = path === null ? null : hiddenByUnit(path, seen)
    return there && hiding === null ? [] : [claimOf(refusal, path, file, seen)]
  },
})

/** OpenSSL gives its own numbers: 0x80000000 and the errno (ERR_SYSTEM_FLAG of OpenSSL 3); older versions only the text. */
function isDenied({ line }: Refusal): boolean {
  return line.errno === 13 || /error:8000000D|Permission denied/i.test(line.ssl ?? '')
}

function claimOf(refusal: Refusal, path: string | null, file: StartFile | null, seen: Seen): Claim {
  const { consequence, ...common } = startClaim(seen, refusal)
  const denied = isDenied(refusal)
  const place = placeIn(seen, path)
  const hiding = path === null || file?.state === 'missing' ? null : hiddenByUnit(path, seen)
  const stands = stillStands(refusal, seen) || file?.state === 'missing'
  const what = hiding
    ? `is hidden from nginx by its unit (${hiding})`
    : denied
      ? 'may not be read by nginx'
      : whatIsGone(path, file)
  return {
    ...common,
    summary: `${path ?? 'a certificate file'} ${what}${place ? ` (${place.file}:${place.line})` : ''}; ${consequence}`,
    subject: { ...(path !== null && { path }), ...place },
    evidence: [...startEvidence(seen, [refusal]), ...fileEvidence(file, seen.host)],
    unlike: [
      ruledOut('config-invalid', 'nginx read the configuration up to this file, and names the file'),
      ruledOut('cert-key-mismatch', denied ? 'it was not read at all' : 'there is nothing to read'),
      ...(denied ? [macAlike(seen.mac)] : []),
    ],
    ...(!stands && { atMost: 'possible' as const }),
    steps: [
      ...(hiding
        ? hiddenSteps(hiding, nginxUnitName(seen))
        : denied
          ? deniedSteps(path, file)
          : goneSteps(path, file, place)),
      ...loadSteps(seen),
    ],
  }
}

function hiddenSteps(hiding: string, unit: string): readonly string[] {
  return [
    `put certificate and key where ${unit} can see them (below /etc, say), and name that place in the configuration`,
    `or let the unit see it: systemctl edit ${unit}, where ${hiding} stands (ProtectHome=read-only shows the homes)   # nginx -t in a shell passes all the same: it runs outside of the unit`,
  ]
}

function whatIsGone(path: string | null, file: StartFile | null): string {
  if (file?.state !== 'missing') return 'does not exist'
  if (file.link !== null) return `points to ${file.link}, which does not exist`
  return file.at === path ? 'does not exist' : `does not exist, nor does ${file.at}`
}

function deniedSteps(path: string | null, file: StartFile | null): readonly string[] {
  return [
    `namei -l ${path ?? 'FILE'}   # ${file && file.state !== 'missing' ? `${file.at} is ${file.mode}` : 'which component keeps nginx out'}`,
    'let the user that nginx starts as read it (nothing more), or start nginx as root, which reads keys before it gives up its rights',
  ]
}

function goneSteps(
  path: string | null,
  file: StartFile | null,
  place: { file: string; line: number } | null,
): readonly string[] {
  const name = /^\/etc\/letsencrypt\/live\/(?<name>[^/]+)\//.exec(path ?? '')?.groups?.['name']
  if (name !== undefined)
    return [
      `certbot certificates --cert-name ${name}   # does it still have it?`,
      `certbot certonly --cert-name ${name}   # makes it anew; with the webroot or dns plug-in, since nginx does not run`,
    ]
  return [
    file?.link != null
      ? `ls -l ${path ?? ''}   # put back what the link points to, or let it point to what is there`
      : `put ${path ?? 'the file'} back: from where it was made, or from the last backup`,
    `or take it out of ${place ? `${place.file}:${place.line}` : 'the configuration'} if the site is gone`,
  ]
}
