import { pluralIn, sizeIn } from './format.js';
import type { Strings } from './strings.js';

const plural = pluralIn('ru');

const ru: Strings = {
  $code: 'ru',
  $name: 'Русский',
  $dir: 'ltr',

  // The connection
  'state-idle': 'Нет соединения',
  'state-joining': 'Соединяемся…',
  'state-waiting': 'Ждём второго участника',
  'state-connected': (count) =>
    `На связи ${count} ${plural(count, { one: 'устройство', few: 'устройства', many: 'устройств', other: 'устройства' })}`,
  'state-reconnecting': 'Связь прервалась. Восстанавливаем…',
  'state-failed': 'Не удалось соединиться',
  'state-closed': 'Отключено',

  // Shared verbs
  'try-again': 'Повторить',
  'choose-file': 'Выбрать файл',
  'choose-files': 'Выбрать файлы',
  cancel: 'Отмена',
  remove: 'Удалить',
  'action-on': (verb, name) => `${verb}: ${name}`,
  size: sizeIn('ru'),

  // The camera
  camera: 'Камера',
  'camera-turn-on': 'Включить камеру',
  'camera-turn-off': 'Выключить камеру',
  'camera-privacy': 'Браузер спросит разрешение. Ничего не уйдёт, пока вы не нажмёте «Отправить».',
  'camera-asking': 'Нажмите «Разрешить» в вопросе браузера о камере',
  'camera-starting': 'Камера включается…',
  'camera-on': 'Камера включена',
  'camera-off': 'Камера выключена',
  'camera-picture': 'Изображение с камеры',
  'camera-switch': 'Сменить камеру',
  'camera-paused': 'Камера на паузе. Она продолжит, когда устройство разрешит.',
  'camera-photo-taken': 'Снимок сделан',
  'camera-added': (name) => `Добавлено: ${name}`,
  'camera-record': 'Записать видео',
  'camera-record-stop': 'Остановить запись',
  'camera-recording': 'Идёт запись',
  'camera-recorded': 'Запись готова',
  'camera-unblock-chromium': 'Нажмите значок слева от адреса, затем «Камера» → «Разрешить».',
  'camera-unblock-firefox': 'Нажмите перечёркнутую камеру рядом с адресом и снимите запрет.',
  'camera-unblock-safari': 'В строке меню: Safari → «Настройки» → «Веб-сайты» → «Камера» → «Разрешить».',
  'camera-unblock-ios':
    'Нажмите меню страницы рядом с адресом, затем «Настройки веб-сайта» → «Камера» → «Разрешить».',
  'camera-unblock-android': 'Нажмите значок слева от адреса, затем «Разрешения» → «Камера» → «Разрешить».',

  // The microphone
  microphone: 'Микрофон',
  'microphone-turn-on': 'Включить микрофон',
  'microphone-turn-off': 'Выключить микрофон',
  'microphone-starting': 'Микрофон включается…',
  'microphone-on': 'Микрофон включён',
  'microphone-off': 'Микрофон выключен',
  'microphone-paused': 'Микрофон на паузе. Он продолжит, когда устройство разрешит.',
  'microphone-record': 'Записать звук',
  'microphone-denied': 'Микрофон заблокирован для этого сайта. Разрешите доступ и повторите.',
  'microphone-denied-by-system':
    'Настройки устройства не дают браузеру доступ к микрофону. Разрешите его там и повторите.',
  'microphone-blocked-by-policy':
    'Этой странице не разрешён микрофон. Откройте её в отдельной вкладке или выберите файл.',
  'microphone-insecure': 'Микрофон работает только на защищённых страницах (https). Выберите файл.',
  'microphone-missing': 'Микрофон не найден. Подключите его и повторите или выберите файл.',
  'microphone-busy': 'Микрофон занят другой программой. Закройте её и повторите.',
  'microphone-unplugged': 'Микрофон отключился. Подключите его и повторите.',
  'microphone-unsupported':
    'В этом браузере микрофон недоступен. Откройте страницу в Chrome, Firefox или Safari либо выберите файл.',

  // The sender
  'sender-snap': 'Снять',
  'sender-send': 'Отправить',
  'sender-snap-send': 'Снять и отправить',
  'sender-drop': 'Отпустите, чтобы добавить',
  'sender-refused': (count) =>
    `${plural(count, { one: 'Не добавлен', other: 'Не добавлено' })} ${count} ${plural(count, { one: 'файл', few: 'файла', many: 'файлов', other: 'файла' })}: здесь нужны файлы другого типа.`,
  'sender-pending': (count) => `Готово к отправке: ${count}`,
  'sender-outgoing': 'Отправляется',
  'sender-delivered-list': 'Доставлено',
  'sender-more': (count) => `и ещё ${count}`,
  'sender-awaits-member': 'Отправим, когда кто-нибудь присоединится',
  'sender-awaits-return': 'Отправим, когда связь вернётся',
  'sender-awaits-turn': 'Ждёт очереди',
  'sender-sending': (percent) => `Отправка… ${percent}`,
  'sender-delivered': (count, of) => `Доставлено: ${count} из ${of}`,
  'sender-failed': 'Не доставлено',
  'sender-cancelled': 'Отменено',
  'sender-retry': 'Повторить',
  'sender-news': (name, what) => `${name}: ${what}`,

  // The trail
  'kind-photo': 'Снимок',
  'kind-video': 'Видео',
  'kind-audio': 'Звук',
  'kind-file': 'Файл',
  'trail-list': 'Полученное, сначала новое',
  'trail-empty': 'Снимки появятся здесь',
  'trail-count': (count) => `Получено: ${count}`,
  'trail-count-arriving': (count) => `Получаем: ${count}`,
  'trail-item': (kind, from, time) =>
    [from ? `${kind}, от кого: ${from}` : kind, time].filter(Boolean).join(', '),
  'trail-arriving': (name, percent) => `Получаем ${name}, ${percent}`,
  'trail-new': (what) => `Новое: ${what}.`,
  'trail-several': (count) => `Получено новых: ${count}.`,
  'trail-save': 'Сохранить',
  'trail-save-all': 'Сохранить всё (ZIP)',
  'trail-archive': 'Снимки',
  'trail-share': 'Поделиться',
  'trail-copy': 'Копировать',
  'trail-copied': 'Скопировано',
  'trail-viewer': 'Просмотр снимков',
  'trail-close': 'Закрыть',
  'trail-position': (index, of) => `${index} из ${of}`,
  'trail-previous': 'Предыдущий снимок',
  'trail-next': 'Следующий снимок',
  'trail-required': 'Пока ничего не получено. Отправьте сюда хотя бы один снимок.',
  'trail-too-few': (min) => `Слишком мало: нужно не менее ${min}.`,
  'trail-too-many': (max) => `Слишком много: удалите лишнее, чтобы осталось не более ${max}.`,

  // The invitation
  'invite-address': 'Адрес этой комнаты',
  'invite-qr': 'QR-код с адресом этой комнаты',
  'invite-scan': 'Наведите камеру телефона или откройте адрес на другом устройстве.',
  'invite-copy': 'Скопировать ссылку',
  'invite-copied': 'Ссылка скопирована',
  'invite-selected': 'Ссылка выделена: скопируйте её',
  'invite-share': 'Поделиться',
  'invite-open': 'Открыть в новой вкладке',
  'invite-not-ready': 'Комната ещё не готова.',

  // What went wrong: the room
  'error-room-code-invalid':
    'В адресе нет правильного кода комнаты. Откройте приглашение ещё раз или попросите новое.',
  'error-room-in-use': 'Другая часть этой страницы уже в комнате. Пользуйтесь ею или перезагрузите страницу.',
  'error-room-full': 'В комнате нет мест. Повторите, когда кто-нибудь выйдет.',
  'error-server-unreachable':
    'Сервер, который соединяет устройства, недоступен. Проверьте сеть; то, что ждёт отправки, не пропадёт.',
  'error-server-refused':
    'Сервер, который соединяет устройства, не принял эту страницу. Повторите позже или сообщите владельцу страницы.',
  'error-server-invalid':
    'Страница настроена неверно: неправильный адрес сервера. Сообщите владельцу страницы.',
  'error-ice-servers-invalid':
    'Страница настроена неверно: неправильный список серверов-посредников. Сообщите владельцу страницы.',
  'error-webrtc-unsupported':
    'Этот браузер не умеет соединяться с другими устройствами. Откройте страницу в свежем Chrome, Firefox или Safari.',

  // A peer
  'error-peer-unverified':
    'Кто-то пытался войти без верного кода комнаты и не был допущен. Если вы кого-то ждёте, отправьте приглашение ещё раз.',
  'error-peer-unreachable':
    'Одно из устройств в комнате недоступно. Подключите оба к одной сети Wi-Fi или перезагрузите страницу на обоих.',
  'error-peer-lost':
    'Связь с устройством потеряна. Не закрывайте страницы: отправка продолжится, как только связь вернётся.',
  'error-peer-protocol':
    'Устройство прислало непонятные данные и было отключено. Перезагрузите страницу на обоих устройствах.',
  'error-peer-version': 'На другом устройстве другая версия страницы. Перезагрузите её на обоих устройствах.',

  // A transfer
  'error-transfer-cancelled': 'Вы отменили передачу. Её можно начать снова.',
  'error-transfer-cancelled-by-peer': 'Передачу отменили на другой стороне. Уточните и отправьте ещё раз.',
  'error-transfer-declined': 'На другой стороне отказались принять. Уточните и отправьте ещё раз.',
  'error-transfer-too-large': 'Это больше, чем принимает получатель. Отправьте файл поменьше.',
  'error-transfer-type-refused': 'Получатель не принимает файлы этого типа. Отправьте файл другого типа.',
  'error-transfer-corrupt': 'Файл повредился в пути и не сохранён. Отправьте его ещё раз.',
  'error-transfer-no-recipient': 'Все получатели вышли. Отправьте ещё раз, когда кто-нибудь появится.',
  'error-transfer-expired': 'Получателя не было больше суток. Отправьте ещё раз, когда он вернётся.',
  'error-transfer-illegal-move': 'Этого уже нельзя сделать. Отправьте файл заново.',
  'error-source-unreadable': 'Файл не читается: возможно, его переместили или изменили. Выберите его снова.',
  'error-source-unsupported': 'Это нельзя отправить. Выберите снимок или файл.',
  'error-storage-full': 'На устройстве не хватает места. Освободите место и повторите.',
  'error-storage-failed':
    'Не удалось сохранить полученное. Освободите место или выйдите из режима инкогнито и повторите.',

  // The camera
  'error-camera-denied': 'Камера заблокирована для этого сайта. Разрешите доступ и повторите.',
  'error-camera-denied-by-system':
    'Настройки устройства не дают браузеру доступ к камере. Разрешите его там и повторите.',
  'error-camera-blocked-by-policy':
    'Этой странице не разрешена камера. Откройте её в отдельной вкладке или выберите файл.',
  'error-camera-insecure': 'Камера работает только на защищённых страницах (https). Выберите файл.',
  'error-camera-missing': 'Камера не найдена. Подключите её и повторите или выберите файл.',
  'error-camera-busy': 'Камера занята другой программой. Закройте её и повторите или выберите файл.',
  'error-camera-unplugged': 'Камера отключилась. Подключите её и повторите или выберите файл.',
  'error-camera-unsupported':
    'В этом браузере камера недоступна. Откройте страницу в Chrome, Firefox или Safari либо выберите файл.',
  'error-camera-not-ready': 'Камера ещё не готова. Дождитесь изображения и повторите.',
  'error-capture-failed': 'Не удалось сделать снимок. Повторите.',
  'error-capture-blocked': 'Защита приватности в этом браузере искажает снимки. Выберите файл.',
  'error-recording-failed': 'Запись прервалась из-за ошибки. Запишите ещё раз.',

  // The page
  'error-connection-missing':
    'Страница настроена неверно: эта её часть не относится ни к одной комнате. Сообщите владельцу страницы.',
  'error-clipboard-failed': 'Браузер не разрешает копировать. Выделите и скопируйте вручную.',
  'error-share-failed': 'Не удалось поделиться. Сохраните или скопируйте.',
};

export default ru;
