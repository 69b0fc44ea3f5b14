import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAudit } from '../../src/audit/audit.ts'
import type { ActParts } from '../../src/jobs/act-parts.ts'
import { openRedis } from '../../src/redis.ts'
import { actingParts, startActing } from './acting.ts'
import { auditOptions } from './audit-options.ts'
import { quiet } from './bench-of-queues.ts'
import { dieAt } from './dying.ts'
import { until } from './until.ts'

/** A worker as a process of its own that ends itself with SIGKILL at the step DIE_AT. */
const { REDIS_URL = '', AUDIT_DIR = '', HOST_DIR = '' } = process.env
const client = await openRedis(REDIS_URL, 'work', { log: quiet })
const real = actingParts(client, HOST_DIR, await openAudit(AUDIT_DIR, auditOptions({ writer: 'first' })))

const parts: ActParts = {
  ...real,
  proposals: {
    ...real.proposals,
    apply: async (id, event) => {
      if (event.kind === 'start') dieAt('claimed')
      if (event.kind === 'end') dieAt('told')
      const applied = await real.proposals.apply(id, event)
      if (event.kind === 'start') dieAt('started')
      if (event.kind === 'end') dieAt('ended')
      return applied
    },
  },
  audit: {
    ...real.audit,
    append: async (entry) => {
      const line = await real.audit.append(entry)
      if (entry.step === 'started') dieAt('audited')
      return line
    },
  },
  runAsActUser: async (...given) => {
    const running = real.runAsActUser(...given)
    // The script goes on by itself, as it does on a host that has lost its connection.
    if (process.env['DIE_AT'] === 'running') {
      await until('the command runs', () => readFileSync(join(HOST_DIR, 'ran'), 'utf8').includes('start'), 60_000)
      dieAt('running')
    }
    const said = await running
    dieAt('ran')
    return said
  },
  examine: (...given) => {
    dieAt('verifying')
    return real.examine(...given)
  },
  board: {
    ...real.board,
    announce: (id, update, options) => {
      if (update.kind === 'action-ended') dieAt('ending')
      return real.board.announce(id, update, options)
    },
  },
}
startActing(client, parts)
process.stdout.write('ready\n')
