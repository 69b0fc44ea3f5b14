import { actionOf } from '../../src/actions/index.ts'
import { createFleetRunReader } from '../../src/approval/fleet-run-store.ts'
import { createProposalStore } from '../../src/approval/proposal-store.ts'
import type { Audit } from '../../src/audit/audit.ts'
import { createHistory } from '../../src/history/store.ts'
import { act } from '../../src/jobs/act-job.ts'
import type { ActParts } from '../../src/jobs/act-parts.ts'
import { createActingSign } from '../../src/jobs/acting-sign.ts'
import { createDiagnosisBoard } from '../../src/jobs/diagnosis-board.ts'
import { createActQueue, startActWorker } from '../../src/jobs/queue-act.ts'
import { createPostQueue } from '../../src/jobs/queue-post.ts'
import type { Closable } from '../../src/jobs/queue-options.ts'
import { createActionSweep } from '../../src/jobs/settle.ts'
import { startSweep } from '../../src/jobs/sweep.ts'
import type { RedisClient } from '../../src/redis.ts'
import { actOn } from '../actions/fake-systemd.ts'
import { hostOf, noLimits, note, now, policy, quiet } from './bench-of-queues.ts'
import { healthy } from './diagnosis.ts'
import { workerKeys } from './keys.ts'

/** What a worker acts with, on the host in this folder (fake-systemd.ts); everything but the host is the real thing. */
export function actingParts(client: RedisClient, root: string, audit: Audit): ActParts {
  return {
    proposals: createProposalStore(client, workerKeys.worker),
    board: createDiagnosisBoard(client, workerKeys),
    history: createHistory({ client, ...workerKeys, days: 90, now }),
    runs: createFleetRunReader(client, workerKeys.bot),
    posts: createPostQueue(client, quiet),
    watches: { ensure: () => Promise.resolve() },
    audit,
    examine: () => Promise.resolve({ diagnosis: healthy(), guards: new Map() }),
    runAsActUser: async (_host, _script, args) => ({ stdout: await actOn(root, args) }),
    actionOf,
    refusalOf: () => null,
    policy,
    hostOf,
    checkLimits: noLimits,
    bot: workerKeys.bot,
    note,
    redact: (text) => text,
    log: quiet,
    now,
    showActing: createActingSign(client, quiet),
    againAfterMs: 1,
  }
}

/** A worker for actions with its sweep. */
export function startActing(client: RedisClient, parts: ActParts): Closable {
  const queue = createActQueue(client, quiet)
  const worker = startActWorker(client, (id) => act(id, parts), { log: quiet, note: parts.note, concurrency: 2 })
  const sweep = startSweep('actions', createActionSweep({ client, queue, parts, graceMs: 1000 }), 300, quiet)
  return {
    close: async () => {
      await sweep.close()
      await worker.close()
      await queue.close()
    },
  }
}
