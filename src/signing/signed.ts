import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { z } from 'zod'

/** What is signed for; a signature for one purpose is none for another. */
export type Purpose =
  | 'request'
  | 'proposal'
  | 'update'
  | 'approval'
  | 'asked'
  | 'audit-head'
  | 'watch'
  | 'freeze'
  | 'unfreeze'
  | 'history'
  | 'said'
  | 'feedback'
  | 'fleet-run'
  | 'alert'
  | 'mute'
  | 'root'
  | 'sites'

/** The exact text that was signed travels along, so that nobody has to write the same JSON twice. */
export interface Signed {
  /** Id of the key: the first 16 hex digits of the sha256 of its public half (DER). */
  readonly key: string
  readonly text: string
  /** Ed25519 (RFC 8032), base64. */
  readonly signature: string
}

export const signedShape = z.strictObject({ key: z.string().max(64), text: z.string(), signature: z.string().max(200) })

/** Reads the JSON of something signed, without asking whether the signature holds. Throws on any other text. */
export function readSigned(json: string): Signed {
  return signedShape.parse(JSON.parse(json))
}

export interface Signer {
  readonly keyId: string
  readonly sign: (purpose: Purpose, text: string) => Signed
}

/** Why a signature does not hold, in words for the log and the audit. */
export type Opened = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly because: string }

export interface Verifier {
  readonly keyIds: readonly string[]
  readonly open: (purpose: Purpose, signed: Signed) => Opened
}

/** Throws when the text is no private Ed25519 key in PEM. */
export function createSigner(privatePem: string): Signer {
  const key = createPrivateKey(privatePem)
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 key')
  const keyId = idOf(createPublicKey(key))
  return {
    keyId,
    sign: (purpose, text) => ({
      key: keyId,
      text,
      signature: sign(null, bytes(purpose, text), key).toString('base64'),
    }),
  }
}

/** One or more public keys in PEM; while keys are changed the old one holds beside the new one. Throws when there is none. */
export function createVerifier(publicPems: string): Verifier {
  const blocks = publicPems.match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? []
  const keys = new Map(blocks.map((pem) => createPublicKey(pem)).map((key) => [idOf(key), key]))
  if (keys.size === 0) throw new TypeError('no public key')
  return {
    keyIds: [...keys.keys()],
    open: (purpose, { key, text, signature }) => {
      const known = keys.get(key)
      if (!known) return { ok: false, because: `it is signed with an unknown key (${key.slice(0, 16)})` }
      const holds = verify(null, bytes(purpose, text), known, Buffer.from(signature, 'base64'))
      return holds ? { ok: true, text } : { ok: false, because: 'its signature does not hold' }
    },
  }
}

export function idOf(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(der).digest('hex').slice(0, 16)
}

function bytes(purpose: Purpose, text: string): Buffer {
  return Buffer.from(`gatemedic ${purpose}\n${text}`)
}
