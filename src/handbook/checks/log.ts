import { check, placeOf } from './say.ts'

export const log = check(
  {
    id: 'log',
    answers: [],
    about: {
      zh: '修改记录里有这一版的一条。',
      en: 'The change log has an entry for this edition.',
    },
    why: {
      zh: '不写明改了什么，拿到新版的人只能整本重读，日后也说不清从哪一版起这样办。在文件控制的 changes 里给这一版的编号补一条。',
      en: 'Without it whoever gets the new edition must read all of it again, and later nobody can tell since which edition a thing is done so. Add an entry with this number to changes of the document control.',
    },
  },
  function* (edition) {
    const { number, control } = edition
    if (control.changes.some((one) => one.number === number)) return
    yield {
      at: placeOf(edition, { file: 'edition.yaml', line: 1, column: 1 }, 'changes:'),
      severity: 'warning',
      text: {
        zh: `修改记录里没有第 ${number} 版，补一条写明改了什么`,
        en: `The change log has no entry for edition ${number}; add one that tells what changed`,
      },
    }
  },
)
