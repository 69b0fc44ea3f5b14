import type { Claim } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import { fileInMessage } from '../nginx/start-message.ts'
import type { Refusal } from '../symptoms/starting.ts'
import { keyAtHandshake } from './key-at-handshake.ts'
import { defineRule } from './knowledge.ts'
import { tlsPairs } from './named-file.ts'
import { changedLast, publicKeys, whatIsWrong } from './pair-fault.ts'
import { fileEvidence, placeIn, startFile, type StartFiles } from './start-file.ts'
import { loadSteps, refusalsFor, startClaim, startEvidence, type StartSeen, stillStands } from './start-refusal.ts'

type Seen = StartSeen & { readonly 'start-files': StartFiles }

/**
 * Cause: certificate and key do not belong together, or one of them is not what nginx can read: no PEM, or a key with a passphrase.
 * Tell-tale: key values mismatch, or a PEM or decoder error of OpenSSL; the public keys of both files differ.
 * Look-alikes: cert-missing (the file is not there or may not be read).
 */
export const certKeyMismatch = defineRule({
  id: 'cert-key-mismatch',
  needs: ['host', 'starting', 'nginx-processes'],
  settles: ['nginx-config', 'nginx-unit', 'start-files', 'events', 'served-certificates'],
  judge(seen) {
    const refusal = refusalsFor('cert-key-mismatch', seen)[0]
    return refusal ? [claimOf(refusal, seen)] : keyAtHandshake(seen)
  },
})

function claimOf(refusal: Refusal, seen: Seen): Claim {
  const { consequence, ...common } = startClaim(seen, refusal)
  const path = fileInMessage(refusal.line)
  const config = seen['nginx-config']
  const pair = (config.known ? tlsPairs(config.value.model) : []).find(
    (each) => each.key === path || each.certificate === path,
  )
  const place = placeIn(seen, path)
  const what = whatIsWrong(refusal.line, path, pair)
  return {
    ...common,
    summary: `${what.summary}${place ? ` (${place.file}:${place.line})` : ''}; ${consequence}`,
    subject: { ...(path !== null && { path }), ...place },
    evidence: [
      ...startEvidence(seen, [refusal]),
      ...[pair?.certificate, pair?.key].flatMap((each) =>
        fileEvidence(startFile(each ?? null, seen['start-files']), seen.host),
      ),
      ...publicKeys(pair, seen),
    ],
    unlike: [
      ruledOut('cert-missing', 'OpenSSL read the file and complains about what it holds'),
      ruledOut('config-invalid', 'nginx read the configuration up to this file, and names the file'),
    ],
    ...(!stillStands(refusal, seen) && { atMost: 'possible' as const }),
    steps: [...changedLast(pair, seen), ...what.steps, ...loadSteps(seen)],
  }
}
