/**
 * What one probe brought back from one host, before anything is parsed. The shape follows execa's results: success and
 * failure look alike, and how it failed is a fact, not an exception.
 */
export interface Capture {
  /** Probe id. */
  readonly probe: string
  /** Inventory name of the host it was taken on. */
  readonly host: string
  /** The command as a person would type it, for evidence. */
  readonly command: string
  /** Exit code on the host; null when it never ended (timed out, connection lost, not run). */
  readonly exitCode: number | null
  readonly ms: number
  readonly stdout: string
  readonly stderr: string
  /** Output was cut at the probe's byte cap. */
  readonly truncated: boolean
  readonly timedOut: boolean
  /** Set when the probe did not run at all, in words: "collection budget of 20 s used up", "connection lost". */
  readonly notRun?: string
}
