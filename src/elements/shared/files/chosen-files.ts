/** The files of one drop or paste. */
export interface ChosenFiles {
  /** In the order the browser lists them; files of a folder sorted by name. */
  readonly files: readonly File[];
  /** How many files and folders could not be read. */
  readonly unreadable: number;
  /** Whether the folders held more files than one drop may add. */
  readonly more: boolean;
}

/**
 * Most files that one drop takes out of folders: more than anybody means to send at once, fewer
 * than a home directory holds.
 */
export const MAX_FOLDER_FILES = 1000;
/**
 * Most folder entries that are looked at. Without this limit a tree of empty folders would be
 * walked to the end.
 */
const MAX_FOLDER_ENTRIES = 10_000;

/** Files that operating systems write into folders unasked. */
const SYSTEM_FILES: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/**
 * Reads the files of a drop or paste; returns a promise if there are folders to read. Call it while
 * the event is being dispatched: browsers empty the `DataTransfer` afterwards.
 */
export function readDataTransfer(data: DataTransfer | null): ChosenFiles | Promise<ChosenFiles> {
  const items = [...(data?.items ?? [])].filter(({ kind }) => kind === 'file');
  const given = items.map((item) => folderOf(item) ?? item.getAsFile()).filter((each) => each !== null);
  const files = given.filter((each) => each instanceof File);
  if (files.length === given.length) return { files, unreadable: 0, more: false };
  return new FolderReader().read(given);
}

/**
 * Reads what a file input with `webkitdirectory` gives: all files of one folder, in an order of the
 * browser's. The limits and the order of the result are those of a dropped folder.
 */
export function readFolderInput(given: readonly File[]): ChosenFiles {
  const files = given
    .filter(({ name }) => !SYSTEM_FILES.has(name))
    .map((file) => ({ file, path: file.webkitRelativePath.split('/') }))
    .sort((a, b) => byPath(a.path, b.path))
    .map(({ file }) => file);
  return { files: files.slice(0, MAX_FOLDER_FILES), unreadable: 0, more: files.length > MAX_FOLDER_FILES };
}

/** Whether a drag carries files. Browsers reveal which files only on drop. */
export function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

function folderOf(item: DataTransferItem): FileSystemDirectoryEntry | null {
  const entry = item.webkitGetAsEntry();
  return entry?.isDirectory ? (entry as FileSystemDirectoryEntry) : null;
}

/** Reads folders recursively. */
class FolderReader {
  readonly #files: File[] = [];
  #unreadable = 0;
  /** Files taken out of folders so far. */
  #taken = 0;
  /** Folder entries looked at so far. */
  #seen = 0;

  async read(given: readonly (File | FileSystemDirectoryEntry)[]): Promise<ChosenFiles> {
    let more = false;
    for (const each of given) {
      // Files dropped directly do not count towards the limit: nobody picks a thousand files one by
      // one.
      if (each instanceof File) this.#files.push(each);
      else more = !(await this.#readFolder(each)) || more;
    }
    return { files: this.#files, unreadable: this.#unreadable, more };
  }

  /** Resolves with false when the folder holds more than may be taken. */
  async #readFolder(folder: FileSystemDirectoryEntry): Promise<boolean> {
    const { entries, more } = await this.#entriesOf(folder);
    for (const entry of entries.sort(byName)) {
      if (this.#taken >= MAX_FOLDER_FILES) return false;
      if (entry.isDirectory) {
        if (!(await this.#readFolder(entry as FileSystemDirectoryEntry))) return false;
      } else if (!SYSTEM_FILES.has(entry.name)) await this.#readFile(entry as FileSystemFileEntry);
    }
    return !more;
  }

  async #readFile(entry: FileSystemFileEntry): Promise<void> {
    try {
      this.#files.push(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)));
      this.#taken += 1;
    } catch {
      this.#unreadable += 1;
    }
  }

  /**
   * `readEntries()` returns a batch at a time (100 entries in Chromium) and an empty batch at the
   * end. `more`: reading stopped before that end.
   */
  async #entriesOf(folder: FileSystemDirectoryEntry): Promise<{ entries: FileSystemEntry[]; more: boolean }> {
    const reader = folder.createReader();
    const entries: FileSystemEntry[] = [];
    try {
      while (this.#seen <= MAX_FOLDER_ENTRIES) {
        const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
          reader.readEntries(resolve, reject),
        );
        if (part.length === 0) return { entries, more: false };
        entries.push(...part);
        this.#seen += part.length;
      }
      return { entries, more: true };
    } catch {
      this.#unreadable += 1;
      return { entries, more: false };
    }
  }
}

/** Sorts as file managers do: `2.jpg` before `10.jpg`. */
const order = new Intl.Collator(undefined, { numeric: true });

function byName(one: FileSystemEntry, other: FileSystemEntry): number {
  return order.compare(one.name, other.name);
}

/** In the order in which the folders are read: all of a folder before its next neighbour. */
function byPath(one: readonly string[], other: readonly string[]): number {
  for (const [index, name] of one.entries()) {
    const against = other[index];
    if (against === undefined) return 1;
    const compared = order.compare(name, against);
    if (compared !== 0) return compared;
  }
  return one.length - other.length;
}
