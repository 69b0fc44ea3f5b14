import type { Claim } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import type { Evidence } from '../diagnosis/diagnosis.ts'
import { fileInMessage } from '../nginx/start-message.ts'
import type { StartFile } from '../probes/start-files.ts'
import type { Refusal } from '../symptoms/starting.ts'
import { inWords } from '../symptoms/time.ts'
import { defineRule, seenBy } from './knowledge.ts'
import { tlsPairs, type TlsPair } from './named-file.ts'
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
  settles: ['nginx-config', 'nginx-unit', 'start-files'],
  judge(seen) {
    const refusal = refusalsFor('cert-key-mismatch', seen)[0]
    return refusal ? [claimOf(refusal, seen)] : []
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
  const what = whatIsWrong(refusal, path, pair)
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

function whatIsWrong({ line }: Refusal, path: string | null, pair: TlsPair | undefined) {
  const text = `${line.message} ${line.ssl ?? ''}`
  const name = path ?? 'the file'
  if (/key values mismatch|key type mismatch/i.test(text))
    return {
      summary: `the key ${name} does not belong to the certificate${pair ? ` ${pair.certificate}` : ''}`,
      steps: [
        `openssl x509 -noout -pubkey -in ${pair?.certificate ?? 'CERTIFICATE'} | sha256sum; openssl pkey -pubout -in ${pair?.key ?? name} | sha256sum   # must be equal`,
        'put the pair together again: the key that the certificate was asked with, or a certificate made anew with this key',
      ],
    }
  if (/password|passphrase|bad decrypt|UI routines/i.test(text))
    return {
      summary: `the key ${name} has a passphrase, and nginx has nobody to ask for it`,
      steps: [
        `name a file with the passphrase by ssl_password_file, or store the key without one: openssl pkey -in ${name} -out NEW-KEY`,
      ],
    }
  return {
    summary: `${name} is not a ${/certificate key|PrivateKey/.test(line.message) ? 'key' : 'certificate'} in PEM form`,
    steps: [
      `head -n 1 ${name}   # must begin with -----BEGIN; DER: openssl x509 -inform DER`,
      'put the right file there',
    ],
  }
}

/** "the key changed 3 min ago, the certificate 40 days ago": the newer one is where to look. */
function changedLast(pair: TlsPair | undefined, seen: Seen): readonly string[] {
  const files = [pair?.certificate, pair?.key].flatMap((path) => startFile(path ?? null, seen['start-files']) ?? [])
  const [newest, older] = files.filter((file) => file.state === 'there').toSorted((a, b) => b.changed - a.changed)
  if (!newest || !older) return []
  const ago = (file: StartFile): string => inWords(seen.host.epoch - file.changed)
  return [`look at what changed last: ${newest.path} ${ago(newest)} ago (${older.path} ${ago(older)} ago)`]
}

function publicKeys(pair: TlsPair | undefined, seen: Seen): readonly Evidence[] {
  const [certificate, key] = [pair?.certificate, pair?.key].map((path) => startFile(path ?? null, seen['start-files']))
  if (certificate?.publicKey == null || key?.publicKey == null) return []
  const same = certificate.publicKey === key.publicKey ? 'the same' : 'different'
  return [
    seenBy(
      'start-files',
      'openssl x509 -pubkey; openssl pkey -pubout',
      `public keys of ${certificate.path} and ${key.path}: ${same}`,
    ),
  ]
}
