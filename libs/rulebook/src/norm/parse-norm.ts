/** Turns the files of a norm into a checked edition, or into the list of everything that is wrong with them. */
import type { Bilingual, UnitTable } from '@gep/kernel';
import { buildGroups, buildServices } from './build-services';
import { buildVocabulary } from './build-vocabulary';
import { buildFormulas, checkNormFormulas, checkParameterValues, formulaVocabulary } from './check-norm-formulas';
import type { NormEdition, NormFile, NormProblem } from './norm';
import { editionOf } from './norm-content';
import { NormDraft } from './norm-draft';

/**
 * Reads, joins and checks the YAML files of one norm. Pure: the same texts and units give the same edition.
 * @param files any number of YAML files; keys may be spread over them
 * @returns the edition when there is no problem; otherwise every problem, in reading order
 */
export function parseNorm(
  files: readonly NormFile[],
  units: UnitTable,
): { norm?: NormEdition; problems: NormProblem[] } {
  const draft = new NormDraft(files);
  if (files.length === 0)
    draft.log.addAt({ file: '', line: 0, column: 0 }, '', 'norm.empty', noFiles.text, noFiles.mend);
  if (!draft.readable || files.length === 0) return { problems: draft.log.sorted() };
  const building = { draft, units };
  const vocabulary = buildVocabulary(building);
  const formulaTexts = buildFormulas(building);
  const { formulas, sound } = checkNormFormulas(building, formulaVocabulary(building, vocabulary, formulaTexts));
  const groups = buildGroups(building);
  const services = buildServices({ ...building, vocabulary, formulas: formulaTexts, groups });
  if (sound) checkParameterValues(building, services, vocabulary.parameters, sound);
  const problems = draft.log.sorted();
  const [id, title, status] = [draft.single('id'), draft.single('title'), draft.single('status')];
  if (problems.length > 0 || !formulas || !id || !title || !status) return { problems };
  const basis = draft.entries('basis').map(({ raw }) => raw);
  const content = {
    id,
    title,
    status,
    basis,
    currency: 'yuan' as const,
    ...vocabulary,
    formulaTexts,
    services,
    groups,
  };
  return { norm: { ...content, edition: editionOf(content, units), formulas, files: [...files], units }, problems };
}

const noFiles: { text: Bilingual; mend: Bilingual } = {
  text: { zh: '没有规范文件', en: 'there are no norm files' },
  mend: {
    zh: '请提供 norm.yaml、parameters.yaml 和 services.yaml',
    en: 'give norm.yaml, parameters.yaml and services.yaml',
  },
};
