/// How the document was made, so that anybody can make it again.
enum ProvenanceTemplate {
  static let main = Template(
    #"""
    <section id="made" aria-labelledby="h-made"><h2 id="h-made">How this was made</h2>
    <p>From files on one machine, without a network. The same files give the same bytes, however they are split or ordered.</p>
    <div class="part"><h3>Window</h3><p><time>{{start}}</time> to <time>{{end}}</time>, {{days}}; as of <time>{{asOf}}</time>. At least {{minimum}} of the days must be covered before a permission is called unused.</p></div>
    <div class="part"><h3>Coverage</h3><div>
    {{^hasAccounts}}<p>No account is known: nothing was imported.</p>{{/hasAccounts}}
    {{#accounts}}
    <h4 class="acc">{{account}}</h4>
    {{#strip}}\#(FirstScreenTemplate.strip){{/strip}}
    \#(FirstScreenTemplate.months)
    <p class="note">{{places}}</p>
    {{#hasGaps}}<ul class="plain">{{#gaps}}<li>{{.}}</li>{{/gaps}}</ul>{{/hasGaps}}
    {{#hasKinds}}<div class="scroll"><table><thead><tr><th scope="col">Kind of event</th><th scope="col">Recorded</th><th scope="col" class="num">Days covered</th></tr></thead><tbody>
    {{#kinds}}<tr><th scope="row">{{kind}}</th><td>{{scope}}</td><td class="num">{{covered}}</td></tr>
    {{/kinds}}</tbody></table></div>{{/hasKinds}}
    {{/accounts}}
    {{#hasAccounts}}<p class="note">One column a day. Full: covered. Two thirds: part of the day. Low: quiet, as digests prove. Thin line: nothing recorded.</p>{{/hasAccounts}}
    </div></div>
    <div class="part"><h3>Events</h3><div><p>{{events}}</p>
    {{#hasKinds}}<div class="scroll"><table><caption>Distinct events up to the window’s end, by kind</caption><thead><tr><th scope="col">Kind</th><th scope="col" class="num">Events</th></tr></thead><tbody>
    {{#eventKinds}}<tr><th scope="row">{{kind}}</th><td class="num">{{n}}</td></tr>
    {{/eventKinds}}</tbody><tfoot><tr><th scope="row">All</th><td class="num">{{eventSum}}</td></tr></tfoot></table></div>{{/hasKinds}}
    </div></div>
    <div class="part"><h3>Snapshots</h3><div>
    {{#hasSnapshots}}<div class="scroll"><table><thead><tr><th scope="col">Account</th><th scope="col">Taken</th><th scope="col">Complete</th><th scope="col">SHA-256 of the content</th></tr></thead><tbody>
    {{#snapshots}}<tr><th scope="row">{{account}}</th><td><time>{{taken}}</time>{{#basis}}<br><span class="note">{{.}}</span>{{/basis}}</td><td>{{complete}}</td><td><code class="hash">{{hash}}</code></td></tr>
    {{/snapshots}}</tbody></table></div>{{/hasSnapshots}}
    {{#noSnapshot}}<p>{{.}}</p>{{/noSnapshot}}
    </div></div>
    <div class="part"><h3>Hash</h3><dl class="facts"><dt>Events and snapshots</dt><dd><code class="hash">{{storeHash}}</code></dd></dl></div>
    <div class="part"><h3>Parameters</h3><dl class="facts"><dt>Catalogue</dt><dd>{{catalogue}}</dd><dt>Rules</dt><dd>{{rules}}</dd><dt>Window</dt><dd>{{days}}</dd><dt>Coverage needed</dt><dd>{{minimum}} of the days</dd>{{#assumed}}<dt>Assumed to be recorded</dt><dd>{{.}}</dd>{{/assumed}}</dl></div>
    <div class="part"><h3>Again</h3><div><p>With the same files imported, these commands write this document again, byte for byte:</p>{{#commands}}<code class="cmd">{{.}}</code>{{/commands}}</div></div>
    </section>

    """#)
}
