import type { CauseId } from '../diagnosis/cause.ts'

/** What a connection that is accepted and not served looks like to whoever sees only how it ends: consequences of a cause that is seen on the host. */
export const badAnswers: readonly CauseId[] = [
  'app-error',
  'backend-crashed',
  'backend-hung',
  'backend-saturated',
  'backend-slow',
  'configured-error',
  'invalid-response',
  'keepalive-race',
  'protocol-mismatch',
]
