import eslint from '@eslint/js';
// @ts-expect-error Its types are not where its package.json says.
import stylistic from '@stylistic/eslint-plugin';
import { defineConfig, globalIgnores } from 'eslint/config';
import { configs as lit } from 'eslint-plugin-lit';
// @ts-expect-error It has no types.
import litA11y from 'eslint-plugin-lit-a11y';
import { configs as wc } from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'src/peer/peerjs/vendor/']),
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './tsconfig.node.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { '@stylistic': stylistic },
    rules: {
      // Code is Prettier's job; comments are for eyes that read columns of text.
      '@stylistic/max-len': [
        'error',
        {
          code: 1_000,
          comments: 100,
          ignoreUrls: true,
          // Directives, tables and diagrams are not running text.
          ignorePattern: String.raw`eslint-disable|@ts-|^\s*(\*|//) *\||[─│└]`,
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Elements come from templates and from the DOM, option objects are plain: neither was made
      // by `new`.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Object shapes are interfaces, as lit has them; unions are types.
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      // Numbers read well in sentences; anything else in a template is most likely a mistake.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => this.stop()` as a listener is how one writes it.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // The `!` after a check that the compiler cannot follow says more than a cast.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Several lines of the same overload are clearer apart when each has its own doc comment.
      '@typescript-eslint/unified-signatures': 'off',
      // A name is taken apart by code points on purpose.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // An empty attribute or environment variable is an absent one: `||` is meant there.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      // Hooks with an empty body are how a base class says "nothing by default".
      '@typescript-eslint/no-empty-function': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['src/**', 'demo/**'],
    extends: [lit['flat/recommended'], wc['flat/best-practice']],
    plugins: { 'lit-a11y': litA11y },
    rules: {
      ...litA11y.configs.recommended.rules,
      'lit/no-template-arrow': 'off',
      // VoiceOver forgets that a list without bullets is one, unless it is told.
      'lit-a11y/no-redundant-role': 'off',
      'lit/attribute-names': 'error',
      'lit/no-native-attributes': 'error',
      'lit/no-this-assign-in-render': 'error',
      'lit/lifecycle-super': 'error',
      // Registration is define/'s job, so that importing a class has no side effect.
      'wc/define-tag-after-class-definition': 'off',
      'wc/file-name-matches-element': 'off',
    },
  },
  {
    // PeerJS's types ask for instances where it takes plain objects, and for enums that it does not
    // export.
    files: ['src/peer/**'],
    rules: {
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
    },
  },
  {
    // Chai's assertions are expressions; fakes are empty methods and loose types.
    files: ['test/**', 'bench/**'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
      // node:test's `test()` returns a promise that nobody needs to await.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] },
          ],
        },
      ],
    },
  },
  {
    // Here every `equal` is typed as a promise (@open-wc/semantic-dom-diff), so the rule above
    // cries wolf. What must not be forgotten is named instead.
    files: ['test/**/*.spec.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      'no-restricted-syntax': [
        'error',
        ...[
          "[callee.property.name='accessible']",
          '[callee.name=/^(aTimeout|elementUpdated|fixture|nextFrame|oneEvent|waitUntil)$/]',
        ].map((call) => ({
          selector: `ExpressionStatement > CallExpression${call}`,
          message: 'Await it: as it stands, the test goes on, and ends, without it.',
        })),
      ],
    },
  },
  {
    // What prints for a living.
    files: ['server/**', 'scripts/**', 'bench/**', '*.mjs', 'test/support/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // Plain scripts have JSDoc types, checked by tsc; the typed rules would only ask for more of
    // it.
    files: ['**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-undef': 'off' },
  },
);
