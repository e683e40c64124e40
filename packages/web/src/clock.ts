import { useEffect, useState } from 'react'

/** The only file of the portal that reads the time. */
export const nowMs = () => Date.now()

export const today = () => new Date(nowMs())

/** The time, renewed every `everyMs`. */
export const useNow = (everyMs: number): number => {
  const [now, setNow] = useState(nowMs)
  useEffect(() => {
    const timer = setInterval(() => setNow(nowMs()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
