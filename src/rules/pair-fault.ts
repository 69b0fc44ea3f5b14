import type { Evidence } from '../diagnosis/diagnosis.ts'
import type { ErrorLine } from '../nginx/error-line.ts'
import type { Host } from '../probes/host.ts'
import type { StartFile } from '../probes/start-files.ts'
import { inWords } from '../symptoms/time.ts'
import { seenBy } from './knowledge.ts'
import type { TlsPair } from './named-file.ts'
import { startFile, type StartFiles } from './start-file.ts'

type Pair = Pick<TlsPair, 'certificate' | 'key'>
type PairSeen = { readonly host: Host; readonly 'start-files': StartFiles }

/** What OpenSSL complains about in a certificate or its key, and what mends it. */
export function whatIsWrong(
  { message, ssl }: Pick<ErrorLine, 'message' | 'ssl'>,
  path: string | null,
  pair: Pair | undefined,
) {
  const text = `${message} ${ssl ?? ''}`
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
    summary: `${name} is not a ${/certificate key|PrivateKey/.test(message) ? 'key' : 'certificate'} in PEM form`,
    steps: [
      `head -n 1 ${name}   # must begin with -----BEGIN; DER: openssl x509 -inform DER`,
      'put the right file there',
    ],
  }
}

/** "the key changed 3 min ago, the certificate 40 days ago": the newer one is where to look. */
export function changedLast(pair: Pair | undefined, seen: PairSeen): readonly string[] {
  const files = [pair?.certificate, pair?.key].flatMap((path) => startFile(path ?? null, seen['start-files']) ?? [])
  const [newest, older] = files.filter((file) => file.state === 'there').toSorted((a, b) => b.changed - a.changed)
  if (!newest || !older) return []
  const ago = (file: StartFile): string => inWords(seen.host.epoch - file.changed)
  return [`look at what changed last: ${newest.path} ${ago(newest)} ago (${older.path} ${ago(older)} ago)`]
}

export function publicKeys(pair: Pair | undefined, seen: PairSeen): readonly Evidence[] {
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
