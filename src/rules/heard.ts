import type { LookAlike } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { Evidence } from '../diagnosis/diagnosis.ts'
import type { Fact } from '../diagnosis/fact.ts'
import type { EndpointUse } from '../nginx/config-endpoints.ts'
import { inForce } from '../nginx/config-scope.ts'
import type { BackendAnswer, Spoken } from '../probes/backend-answer.ts'
import { seenBy } from './knowledge.ts'

/** What a listener was heard to speak, against what nginx speaks to it. */
export type Heard =
  /** It answered in the protocol that nginx uses. */
  | { readonly kind: 'same'; readonly answer: BackendAnswer; readonly asked: Spoken }
  /** It answered in others only. */
  | { readonly kind: 'other'; readonly answer: BackendAnswer; readonly asked: Spoken; readonly spoken: Spoken }
  /** It was asked, and what came back is no known protocol, or nothing. */
  | { readonly kind: 'unclear'; readonly answer: BackendAnswer; readonly asked: Spoken }
  | { readonly kind: 'not-asked'; readonly reason: string }

type Answers = Fact<{ readonly answers: readonly BackendAnswer[] }>

export function heardAt(address: string, use: EndpointUse, answers: Answers): Heard {
  const asked = spokenBy(use)
  if (asked === null)
    return { kind: 'not-asked', reason: `${use.pass.protocol}_pass is not a protocol that is checked` }
  if (!answers.known) return { kind: 'not-asked', reason: answers.reason }
  const answer = answers.value.answers.find((each) => each.address === address)
  if (!answer) return { kind: 'not-asked', reason: `what ${address} speaks was not asked` }
  if (answer.speaks.includes(asked)) return { kind: 'same', answer, asked }
  const [spoken] = answer.speaks
  if (spoken === undefined || mayBeBoth(asked, spoken, answer)) return { kind: 'unclear', answer, asked }
  return { kind: 'other', answer, asked, spoken }
}

/**
 * Silence to one question says nothing where a listener may speak both: HTTP/1 and HTTP/2 on one port, with a slow application; and
 * a TLS port that answers a request in clear with a page of 400, while it is too busy for a handshake.
 */
function mayBeBoth(asked: Spoken, spoken: Spoken, { bytes, firstLine }: BackendAnswer): boolean {
  if (asked === 'http' && spoken === 'http2') return bytes.get === ''
  if (asked === 'http2' && spoken === 'http') return bytes.http2 === ''
  return asked === 'tls' && spoken === 'http' && bytes.tls === '' && / 400(?: |$)/.test(firstLine ?? '')
}

/** The protocol that a *_pass speaks on the wire. */
export function spokenBy({ pass }: EndpointUse): Spoken | null {
  if (pass.protocol === 'stream') return inForce(pass.scope, 'proxy_ssl')?.value === 'on' ? 'tls' : null
  if (pass.scheme === 'https' || pass.scheme === 'grpcs' || pass.scheme === 'suwsgi') return 'tls'
  if (pass.protocol === 'proxy') return 'http'
  if (pass.protocol === 'grpc') return 'http2'
  return pass.protocol === 'fastcgi' || pass.protocol === 'uwsgi' ? pass.protocol : null
}

const names: Readonly<Record<Spoken, string>> = {
  http: 'plain HTTP',
  tls: 'TLS',
  http2: 'HTTP/2 without TLS',
  fastcgi: 'FastCGI',
  uwsgi: 'the uwsgi protocol',
  ssh: 'SSH',
  redis: 'the protocol of Redis',
  mysql: 'the protocol of MySQL',
  smtp: 'SMTP or FTP',
  ajp: 'AJP',
}

export function protocolName(spoken: Spoken): string {
  return names[spoken]
}

/** The look-alike protocol-mismatch, for rules that need the listener to speak what nginx speaks. */
export function mismatchAlike(heard: Heard): LookAlike {
  if (heard.kind === 'same') {
    const words = `it does speak ${names[heard.asked]}: ${firstWords(heard.answer, heard.asked)}`
    return ruledOut('protocol-mismatch', words)
  }
  if (heard.kind === 'other') return notJudged('protocol-mismatch', `it speaks ${names[heard.spoken]}`)
  if (heard.kind === 'not-asked') return notJudged('protocol-mismatch', heard.reason)
  return notJudged('protocol-mismatch', `its answer to ${names[heard.asked]} was not understood`)
}

/** The first bytes that it answered in that protocol, as evidence. */
export function heardEvidence(answer: BackendAnswer, spoken: Spoken): Evidence {
  return seenBy('backend-answer', `first bytes of ${answer.address}`, firstWords(answer, spoken))
}

function firstWords(answer: BackendAnswer, spoken: Spoken): string {
  switch (spoken) {
    case 'tls':
      return `a TLS hello is answered by a TLS record (${answer.bytes.tls.slice(0, 10)})`
    case 'http2':
      return `the preface of HTTP/2 is answered by a SETTINGS frame (${answer.bytes.http2.slice(0, 18)})`
    case 'fastcgi':
      return `a FastCGI record is answered by a FastCGI record (${answer.bytes.fastcgi.slice(0, 16)})`
    case 'uwsgi':
      return `a uwsgi ping is answered (${answer.bytes.uwsgi.slice(0, 8)})`
    default:
      return `GET ${answer.path} is answered "${answer.firstLine ?? ''}"`
  }
}
