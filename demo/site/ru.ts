/** The Russian texts of the pages, by the English ones. */
export const ru: Readonly<Record<string, string>> = {
  // The bar
  'Pages of the demo': 'Страницы',
  Pages: 'Страницы',
  Look: 'Вид',
  Home: 'Начало',
  'Two tabs': 'Две вкладки',
  'Phone to form': 'С телефона в форму',
  'Phone page': 'Страница для телефона',
  'A room of people': 'Комната для людей',
  'Any file': 'Любой файл',
  'Voice and video': 'Голос и видео',
  'Check this device': 'Проверить устройство',
  'Every state': 'Все состояния',
  Language: 'Язык',
  Direction: 'Направление',
  'Light or dark': 'Светлая или тёмная',
  Theme: 'Тема',
  Auto: 'Авто',
  'Left to right': 'Слева направо',
  'Right to left': 'Справа налево',
  Light: 'Светлая',
  Dark: 'Тёмная',
  Lagoon: 'Лагуна',
  Ink: 'Чернила',
  Plum: 'Слива',
  Clay: 'Глина',

  // Titles
  'snaptrail: every state': 'snaptrail: все состояния',
  'snaptrail: two tabs': 'snaptrail: две вкладки',
  'snaptrail: phone to form': 'snaptrail: с телефона в форму',
  'snaptrail: the phone’s page': 'snaptrail: страница для телефона',
  'snaptrail: a room of people': 'snaptrail: комната для людей',
  'snaptrail: any file': 'snaptrail: любой файл',
  'snaptrail: voice and video': 'snaptrail: голос и видео',
  'snaptrail: check this device': 'snaptrail: проверить устройство',

  // Shared
  Copy: 'Скопировать',
  Copied: 'Скопировано',
  'Selected: now copy it': 'Выделено: теперь скопируйте',
  'The lines of HTML of this page': 'HTML этой страницы',
  'Open a second device here': 'Открыть второе устройство здесь',
  'A second device, in this room': 'Второе устройство в этой комнате',
  'The other side': 'Другая сторона',
  'Incoming photos': 'Входящие фото',
  'Room URL': 'Адрес комнаты',
  kB: 'кБ',
  MB: 'МБ',
  'Cut the connection': 'Оборвать связь',
  'Mend the connection': 'Восстановить связь',
  'Cut: no byte leaves this page or reaches it. Nothing is lost; mend it, and it goes on.':
    'Связь оборвана: ни байта не уходит с этой страницы и не приходит на неё. Ничего не потеряно: восстановите связь, и всё продолжится.',
  'Photos go straight from device to device. The server that introduces them sees neither a photo nor the room’s code, and keeps nothing.':
    'Фото идут прямо с устройства на устройство. Сервер, который их знакомит, не видит ни фото, ни кода комнаты и ничего не хранит.',
  'This address works on this computer only: it is in no network that a phone could reach.':
    'Этот адрес работает только на этом компьютере: он не подключён к сети, доступной телефону.',
  'A phone in the same Wi-Fi opens': 'Телефон в той же сети Wi-Fi открывает',
  'Over plain HTTP it takes photos with its own camera app.':
    'По обычному HTTP он снимает своим приложением «Камера».',

  // Home
  'Snap here. See it there.': 'Снято здесь. Видно там.',
  'A photo taken on a phone appears in your page: no app, no account, no upload.':
    'Фото, снятое телефоном, появляется на вашей странице: без приложения, без регистрации, без загрузки на сервер.',
  'Your page': 'Ваша страница',
  'Your phone': 'Ваш телефон',
  'A phone in the same room: turn its camera on and press the shutter.':
    'Телефон в той же комнате: включите его камеру и нажмите на спуск.',
  'Nothing is uploaded': 'Ничего не загружается на сервер',
  'Between the devices': 'Между устройствами',
  'Over the server, to introduce them': 'Через сервер, чтобы их познакомить',
  'Photos go straight from device to device, encrypted. The server that introduces them sees neither a photo nor the room’s code, and keeps nothing.':
    'Фото идут прямо с устройства на устройство, зашифрованными. Сервер, который их знакомит, не видит ни фото, ни кода комнаты и ничего не хранит.',
  'All of it, on your page': 'Всё это на вашей странице',
  Examples: 'Примеры',
  'Camera, buttons, and what arrives: all four elements on one page.':
    'Камера, кнопки и всё, что приходит: четыре элемента на одной странице.',
  'A form control whose photos come from the phone.': 'Поле формы, в которое фото приходят с телефона.',
  'A camera that fills the screen, and nothing else.': 'Камера во весь экран, и больше ничего.',
  'Everybody sends, everybody sees, each by name.': 'Все отправляют, все видят, каждый под своим именем.',
  '200 MB, a pulled plug in the middle, and nothing lost.': '200 МБ, обрыв посередине, и ничего не потеряно.',
  'Record, look at it again, send it.': 'Записать, пересмотреть, отправить.',
  'What works here, and what to do where it does not.':
    'Что здесь работает, и что делать там, где не работает.',
  'The elements in all their states, languages and sizes.': 'Элементы во всех состояниях, языках и размерах.',

  // Two tabs
  'Open the room’s address in a second tab, or beside this one. What you snap here appears there, and the other way round.':
    'Откройте адрес комнаты во второй вкладке или рядом с этой. Снятое здесь появится там, и наоборот.',
  'The second tab': 'Вторая вкладка',

  // Phone to form
  'Fill the form here, take its photos with the phone. They arrive in the form, as if they had been chosen from a disk.':
    'Заполните форму здесь, а фото снимите телефоном. Они придут в форму, как если бы их выбрали на диске.',
  'No phone at hand? This one is in the same room.': 'Нет телефона под рукой? Этот в той же комнате.',
  'What happened?': 'Что случилось?',
  'Number plate': 'Номер машины',
  'Photos of the damage, five at most': 'Фото повреждений, не больше пяти',
  'Scan it: your phone is the camera of this form.': 'Отсканируйте: ваш телефон станет камерой этой формы.',
  'Send the claim': 'Отправить заявление',
  'This is what your server would get': 'Вот что получил бы ваш сервер',
  'Fill it again': 'Заполнить снова',
  Photo: 'Фото',

  // The phone's page
  'What a phone opens that scans the code: a camera that fills the screen. Everything else is one touch away.':
    'Что открывает телефон, отсканировав код: камера во весь экран. Всё остальное в одном касании.',
  'On its way': 'В пути',
  'Back to the camera': 'Назад к камере',
  Connected: 'Подключено',
  'Nobody is here yet': 'Пока никого нет',
  'No room': 'Нет комнаты',
  'Reconnecting…': 'Переподключение…',
  'Connecting…': 'Подключение…',
  Arrived: 'Пришло',
  'new photo': 'новое фото',
  'new photos': 'новых фото',
  'Submitted. You can close this page.': 'Форма отправлена. Страницу можно закрыть.',

  // A room of people
  'Give yourself a name and send the invitation. Everybody here can snap and send, and everybody sees who sent what.':
    'Назовитесь и разошлите приглашение. Каждый здесь может снимать и отправлять, и все видят, кто что прислал.',
  'Somebody else in the room': 'Кто-то ещё в комнате',
  'Who is here': 'Кто здесь',
  'What everybody sent': 'Что прислали все',

  // Any file
  'Drop files or folders anywhere on this page. Then pull the plug in the middle: it goes on where it was.':
    'Бросьте файлы или папки в любое место этой страницы. Потом оборвите связь посередине: передача продолжится с того же места.',
  'Send 200 MB of noise': 'Отправить 200 МБ шума',
  'Incoming files': 'Входящие файлы',

  // Voice and video
  'Choose what to record, look at it again or listen to it, then send it. The other side plays it.':
    'Выберите, что записать, пересмотрите или прослушайте, затем отправьте. Другая сторона это воспроизведёт.',
  'Incoming clips and voice messages': 'Входящие видео и голосовые сообщения',

  // Check this device
  'What works in this browser, and what to do where something does not. Nothing is asked of you, and nothing leaves this page, before you press the button.':
    'Что работает в этом браузере, и что делать, если что-то не работает. Пока вы не нажмёте кнопку, вас ни о чём не спросят, и ничего не покинет эту страницу.',
  'Check the camera too': 'Проверить и камеру',
  Works: 'Работает',
  'Works in part': 'Работает отчасти',
  'Does not work': 'Не работает',
  'Secure page': 'Защищённая страница',
  'The browser trusts this address with a camera.': 'Браузер доверяет этому адресу камеру.',
  'This address is plain HTTP, so the browser keeps its camera from it. The phone’s own camera app still works.':
    'Это обычный HTTP, поэтому браузер не даёт этому адресу камеру. Приложение «Камера» на телефоне всё равно работает.',
  'Permission for the camera': 'Разрешение на камеру',
  'You have allowed it on this site.': 'Вы разрешили её этому сайту.',
  'The browser will ask you when the camera is turned on.': 'Браузер спросит вас, когда камеру включат.',
  'It is blocked for this site. Allow it in the settings of the site.':
    'Она заблокирована для этого сайта. Разрешите её в настройках сайта.',
  'This browser does not tell. It will ask when the camera is turned on.':
    'Этот браузер не сообщает. Он спросит, когда камеру включат.',
  'Camera and microphone': 'Камера и микрофон',
  'The browser offers none to this page. Choose photos as files.':
    'Браузер не даёт их этой странице. Выбирайте фото как файлы.',
  'There are both.': 'Есть и то и другое.',
  'There is a camera, and no microphone: clips will have no sound.':
    'Камера есть, микрофона нет: видео будет без звука.',
  'There is a microphone, and no camera. Use your phone for photos.':
    'Микрофон есть, камеры нет. Снимайте телефоном.',
  'There is neither. Use your phone for photos, or choose files.':
    'Нет ни того ни другого. Снимайте телефоном или выбирайте файлы.',
  'Honest pixels': 'Честные пиксели',
  'A photo comes out as the camera saw it.': 'Фото получается таким, каким его увидела камера.',
  'Privacy protection alters the photos that a page takes. Allow this site to read them, or choose files.':
    'Защита приватности искажает фото, снятые страницей. Разрешите этому сайту их читать или выбирайте файлы.',
  Recording: 'Запись',
  'It cannot record. Record with another app, and choose the file.':
    'Записывать нельзя. Запишите другим приложением и выберите файл.',
  'It records MP4, which plays everywhere.': 'Записывается MP4, который играет везде.',
  'It records WebM, which plays in all current browsers, and not in every app.':
    'Записывается WebM: он играет во всех современных браузерах, но не в каждом приложении.',
  'Straight to other devices': 'Прямо на другие устройства',
  'It is switched off or missing (WebRTC). Nothing can be sent from here.':
    'Это выключено или отсутствует (WebRTC). Отсюда ничего не отправить.',
  'Two connections in this page have found each other.': 'Два соединения на этой странице нашли друг друга.',
  'Two connections in this page have not found each other. A firewall may be in between.':
    'Два соединения на этой странице не нашли друг друга. Возможно, мешает сетевой экран.',
  'Memory for what is under way': 'Память для того, что в пути',
  'Less than 1 GB is free. Large files may not fit; photos do.':
    'Свободно меньше 1 ГБ. Большие файлы могут не поместиться, фото поместятся.',
  'What is being sent survives a reload.': 'Отправка переживёт перезагрузку страницы.',
  'The page may store nothing. What is being sent is lost by a reload.':
    'Странице нельзя ничего хранить. При перезагрузке отправка пропадёт.',
  'The camera itself': 'Сама камера',
  'It did not start. It is blocked, taken by another program, or not there.':
    'Она не включилась. Она заблокирована, занята другой программой или её нет.',
  'It started, and is off again.': 'Она включилась и снова выключена.',
  'Photos in full resolution': 'Фото в полном разрешении',
  'The camera takes real photos (takePhoto), larger than its film.':
    'Камера делает настоящие фото (takePhoto), больше кадра её видео.',
  'Photos are taken from the film, in the film’s resolution.': 'Фото берётся из видео, в его разрешении.',

  // The gallery
  'How to show them': 'Как их показать',
  'All states': 'Все состояния',
};
