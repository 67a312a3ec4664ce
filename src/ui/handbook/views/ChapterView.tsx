import type { Chapter } from '../../../handbook/model.ts'
import { useText } from '../../i18n/texts.ts'
import { Heading } from '../marks.tsx'
import { SectionBody } from '../sections/SectionBody.tsx'

/** A chapter with all its sections; a link to a section lands at it. */
export function ChapterView({ chapter }: { chapter: Chapter }) {
  const text = useText()
  return chapter.sections.map((section, index) => (
    <section key={section.id}>
      <Heading anchor={`ch:${chapter.id}/${section.id}`}>
        {`${chapter.id}.${index + 1} ${text(section.title)}`}
      </Heading>
      <SectionBody section={section} />
    </section>
  ))
}
