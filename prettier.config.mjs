/** @type {import('prettier').Config} */
export default {
  singleQuote: true,
  printWidth: 110,
  trailingComma: 'all',
  overrides: [
    // Unknown tags count as inline to prettier: without this it breaks lines inside our tags'
    // brackets.
    { files: '*.html', options: { htmlWhitespaceSensitivity: 'ignore' } },
  ],
};
