import { X } from 'lucide-react'

/** The cross that empties an input, in the house's icons: the library's own is read out in English. */
export const clear = { clearIcon: <X size={14} strokeWidth={1.6} aria-hidden /> }
