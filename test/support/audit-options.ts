import type { AuditOptions } from '../../src/audit/audit.ts'
import { now, quiet } from './bench-of-queues.ts'
import { workerKeys } from './keys.ts'

const copy = (): Promise<void> => Promise.resolve()

/** A worker's audit without Redis. */
export function auditOptions(more: Partial<AuditOptions> = {}): AuditOptions {
  const { signer, worker } = workerKeys
  return { writer: 'w', signer, self: worker, anchors: [], log: quiet, copy, now, ...more }
}
