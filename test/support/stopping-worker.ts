import { openAudit } from '../../src/audit/audit.ts'
import { openRedis } from '../../src/redis.ts'
import { actingParts, startActing } from './acting.ts'
import { auditOptions } from './audit-options.ts'
import { quiet } from './bench-of-queues.ts'

/** A worker as a process of its own that stops (SIGSTOP) after every check and right before it runs the action on the host. */
const { REDIS_URL = '', AUDIT_DIR = '', HOST_DIR = '' } = process.env
const client = await openRedis(REDIS_URL, 'work', { log: quiet })
const real = actingParts(client, HOST_DIR, await openAudit(AUDIT_DIR, auditOptions({ writer: 'late' })))
startActing(client, {
  ...real,
  runAsActUser: async (...given) => {
    process.stdout.write('stopping\n')
    process.kill(process.pid, 'SIGSTOP')
    const said = await real.runAsActUser(...given)
    process.stdout.write(`${said.stdout.replaceAll('\n', ' ')}\n`)
    return said
  },
})
process.stdout.write('ready\n')
