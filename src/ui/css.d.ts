declare module '*.css'
declare module '*.svg?inline' {
  /** The picture as a data address. */
  const address: string
  export default address
}
