import type { Job } from '../../background/ticker.js'
import type { PaymentPorts } from './ports.js'
import { verifyRefund } from './refunding.js'
import { type RefundStored, takeDueRefunds } from './refunds.sql.js'

interface RefundParts extends Pick<PaymentPorts, 'desk' | 'secret'> {
  /** A line for whoever runs the server. */
  say(line: string): void
}

/** Few, since a provider may take ten seconds to say nothing. */
const atOnce = 10
/** One whose asker was killed is asked about again after this. */
const leaseMs = 300_000

/** Asks what has become of refunds that nobody answered for. It moves no money: that is for whoever looks at the payment. */
export const refundJob = ({ say, ...line }: RefundParts): Job => {
  const verify = async (refund: RefundStored, now: Date) => {
    try {
      await verifyRefund(line, refund, now)
    } catch (error) {
      say(`Refund ${refund._id} could not be asked about and is tried again: ${(error as Error).message}`)
    }
  }
  return {
    name: 'refunds',
    everyMs: 5000,
    run: async (now) => {
      const due = await takeDueRefunds(line.desk.db, now, new Date(now.getTime() + leaseMs), atOnce)
      await Promise.all(due.map((refund) => verify(refund, now)))
      if (due.length > 0) line.desk.wake()
    },
  }
}
