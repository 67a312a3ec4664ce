/** Lines of a stream of bytes, each with its line feed as it stands in the file, so that a hash over them is the file's. */
export class Lines {
  readonly #chunks: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Buffer>) {
    this.#chunks = source[Symbol.asyncIterator]()
  }

  /** The next line without its line feed; `null` at the end. */
  async next(): Promise<string | null> {
    for (;;) {
      const at = this.#rest.indexOf(10)
      if (at >= 0) {
        const line = this.#rest.toString('utf8', 0, at)
        this.#rest = this.#rest.subarray(at + 1)
        return line
      }
      if (!(await this.#more())) return null
    }
  }

  /** Blocks of whole lines up to the line `end`, which is taken and not given. Throws when the stream ends before it. */
  async *until(end: string): AsyncGenerator<Buffer> {
    const mark = Buffer.from(`${end}\n`)
    const inside = Buffer.concat([Buffer.from('\n'), mark])
    for (;;) {
      if (this.#rest.subarray(0, mark.length).equals(mark)) {
        this.#rest = this.#rest.subarray(mark.length)
        return
      }
      const found = this.#rest.indexOf(inside)
      if (found >= 0) {
        yield this.#rest.subarray(0, found + 1)
        this.#rest = this.#rest.subarray(found + inside.length)
        return
      }
      const last = this.#rest.lastIndexOf(10)
      if (last >= 0) {
        yield this.#rest.subarray(0, last + 1)
        this.#rest = this.#rest.subarray(last + 1)
      }
      if (!(await this.#more())) throw new Error('cut off')
    }
  }

  async #more(): Promise<boolean> {
    const { value, done } = await this.#chunks.next()
    if (done) return false
    this.#rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, value]) : value
    return true
  }
}
