// HEALTHCHECK of the image: exit code 0 when the process answers that it does its work.
const port = process.env.GATEMEDIC_HEALTH_PORT ?? '8081'
try {
  const answer = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(2000) })
  process.exitCode = answer.ok ? 0 : 1
} catch {
  process.exitCode = 1 // not listening (yet), or hanging: unhealthy either way
}
