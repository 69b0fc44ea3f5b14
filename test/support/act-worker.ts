import { appendFileSync } from 'node:fs'
import { actionOf } from '../../src/actions/index.ts'
import { createFleetRunReader } from '../../src/approval/fleet-run-store.ts'
import { createProposalStore } from '../../src/approval/proposal-store.ts'
import { openAudit } from '../../src/audit/audit.ts'
import { createHistory } from '../../src/history/store.ts'
import { act } from '../../src/jobs/act-job.ts'
import type { ActParts } from '../../src/jobs/act-parts.ts'
import { createActingSign } from '../../src/jobs/acting-sign.ts'
import { createDiagnosisBoard } from '../../src/jobs/diagnosis-board.ts'
import { createActQueue, startActWorker } from '../../src/jobs/queue-act.ts'
import { createActionSweep } from '../../src/jobs/settle.ts'
import { startSweep } from '../../src/jobs/sweep.ts'
import { openRedis } from '../../src/redis.ts'
import { auditOptions } from './audit-options.ts'
import { hostOf, noLimits, note, now, policy, quiet } from './bench-of-queues.ts'
import { undetermined } from './diagnosis.ts'
import { workerKeys } from './keys.ts'

/**
 * A worker for actions as a process of its own. Its host writes a line to RAN_FILE for every action it is given, and then
 * says nothing for ever: the moment in which a test kills the process.
 */
const { REDIS_URL = '', AUDIT_DIR = '', RAN_FILE = '', WRITER = 'w' } = process.env
const client = await openRedis(REDIS_URL, 'work', { log: quiet })
const parts: ActParts = {
  proposals: createProposalStore(client, workerKeys.worker),
  board: createDiagnosisBoard(client, workerKeys),
  history: createHistory({ client, ...workerKeys, days: 90, now }),
  runs: createFleetRunReader(client, workerKeys.bot),
  posts: { wake: () => Promise.resolve() },
  watches: { ensure: () => Promise.resolve() },
  audit: await openAudit(AUDIT_DIR, auditOptions({ writer: WRITER })),
  examine: () => Promise.resolve({ diagnosis: undetermined(), guards: new Map() }),
  checkLimits: noLimits,
  runAsActUser: (host) => {
    appendFileSync(RAN_FILE, `${host}\n`)
    return new Promise(() => undefined)
  },
  actionOf,
  refusalOf: () => null,
  policy,
  hostOf,
  bot: workerKeys.bot,
  note,
  redact: (text) => text,
  log: quiet,
  now,
  showActing: createActingSign(client, quiet),
  againAfterMs: 1,
}
startActWorker(client, (id) => act(id, parts), { log: quiet, note, concurrency: 1 })
const sweep = createActionSweep({ client, queue: createActQueue(client, quiet), parts, graceMs: 1000 })
startSweep('actions', sweep, 300, quiet)
